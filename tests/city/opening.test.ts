import { describe, expect, it } from 'vitest'
import { createCalendar, dayAndNight, exampleCity, instantOf, isOpen } from '../../src/city/index.ts'

const span = (from: number, to: number) => ({ fromMinute: from * 60, toMinute: to * 60 })
/** A morning and an afternoon, weekends shorter, closed on holidays. */
const officeHours = { workday: [span(9, 12), span(13, 18)], restday: [span(10, 16)], holiday: [] }

const openAt = (
  written: string,
  timeZone = 'Asia/Shanghai',
  hours: typeof officeHours | typeof dayAndNight = officeHours,
) => isOpen(createCalendar({ ...exampleCity, timeZone })(instantOf(written, timeZone)), hours)

describe('the hotline is open', () => {
  it.each([
    ['from the first minute', '2026-03-11 09:00', true],
    ['not a minute before', '2026-03-11 08:59', false],
    ['not over noon', '2026-03-11 12:00', false],
    ['again after noon', '2026-03-11 13:00', true],
    ['to the last minute', '2026-03-11 17:59', true],
    ['not a minute after', '2026-03-11 18:00', false],
    ['shorter on a Sunday', '2026-03-15 09:30', false],
    ['on a Sunday all the same', '2026-03-15 10:00', true],
    ['as on a workday on a make-up Saturday', '2026-02-28 09:30', true],
    ['never at Spring Festival', '2026-02-17 10:00', false],
    ['never on a day that bridges to a holiday', '2026-02-20 10:00', false],
  ])('%s', (_, written, expected) => expect(openAt(written)).toBe(expected))

  it('by the clock of the city, and no other', () => {
    const calendar = createCalendar({ ...exampleCity, timeZone: 'Asia/Urumqi' })
    const atMs = Date.UTC(2026, 2, 11, 2, 30)
    expect(isOpen(createCalendar(exampleCity)(atMs), officeHours)).toBe(true)
    // 08:30 in Ürümqi.
    expect(isOpen(calendar(atMs), officeHours)).toBe(false)
  })

  it('day and night where the city says nothing, holidays too', () => {
    for (const written of ['2026-02-17 03:00', '2026-03-15 23:59', '2026-03-11 00:00'])
      expect(openAt(written, 'Asia/Shanghai', exampleCity.openingHours as typeof officeHours)).toBe(true)
    expect(exampleCity.openingHours).toEqual(dayAndNight)
  })
})
