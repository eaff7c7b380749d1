import { Fault, readJson } from '../foundation/index.ts'
import { createCalendar } from './calendar.ts'
import { type City, hoursSchema } from './city.ts'
import type { OpenSpan } from './opening.ts'
import { instantOf, placeTime } from './place-time.ts'

/** Opening hours and days off, which a city changes every year. */
export type CityHours = Pick<City, 'openingHours' | 'holidays'>

/** @param name of the file, used in the places of faults. @throws FaultList with every fault */
export const readHours = (text: string, name: string): CityHours =>
  readJson(name, text, hoursSchema, { code: 'city-invalid' })

/** In the form of the city's file. */
export const writeHours = ({ openingHours, holidays }: CityHours) => ({
  openingHours: {
    workday: openingHours.workday.map(writtenSpan),
    restday: openingHours.restday.map(writtenSpan),
    holiday: openingHours.holiday.map(writtenSpan),
  },
  holidays,
})

/**
 * Why new hours may not replace the old ones: nobody could ever reach a person, or a past day would change its kind
 * although limits were already counted by it.
 */
export function hoursAgainst(
  next: CityHours,
  before: CityHours,
  fromMs: number,
  place: Pick<City, 'country' | 'timeZone'>,
): readonly Fault[] {
  const today = placeTime(fromMs, place.timeZone).date
  const [old, young] = [before, next].map(({ holidays }) => createCalendar({ ...place, holidays }))
  const kindOn = (date: string, calendar = old) => calendar?.(instantOf(date, place.timeZone)).day
  const past = [...new Set([before, next].flatMap(daysNamed))].filter(date => date < today).sort()
  const changed = past.filter(date => kindOn(date, old) !== kindOn(date, young))
  return [
    ...(next.openingHours.workday.length === 0
      ? [fault('openingHours.workday', 'no hours on workdays', 'hours in which a person can be reached')]
      : []),
    ...changed.map(date =>
      fault(
        `holidays.${date.slice(0, 4)}`,
        `${date}, which is over`,
        'days that are to come: limits were counted by it',
      ),
    ),
  ]
}

const daysNamed = ({ holidays }: CityHours) =>
  Object.values(holidays).flatMap(({ off, work }) => [...off, ...work])

const writtenSpan = ({ fromMinute, toMinute }: OpenSpan) => `${clockTime(fromMinute)}-${clockTime(toMinute)}`
const clockTime = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const fault = (place: string, found: string, expected: string) =>
  new Fault({ code: 'city-invalid', place: `hours.json ${place}`, found, expected })
