/**
 * The city that the product serves, read from one file: its country, area code, time zone, places, working calendar and
 * targets. No other room names a country or a time zone.
 */

export {
  type Calendar,
  calendarTrouble,
  createCalendar,
  type DayKind,
  dayKinds,
  type Moment,
  type Weekday,
  weekdays,
  yearsWithoutNotice,
} from './calendar.ts'
export type { CitizenTexts } from './citizen-texts.ts'
export { type City, cityFile, exampleCity, placesOf, readCitizenTexts, readCity } from './city.ts'
export { cityFaults } from './faults.ts'
export { type Gazetteer, gazetteerFile, readGazetteer } from './gazetteer.ts'
export { type CityHours, hoursAgainst, readHours, writeHours } from './hours.ts'
export { dayAndNight, isOpen, type OpeningHours, type OpenSpan } from './opening.ts'
export { instantOf, type PlaceTime, placeTime, startOfDay } from './place-time.ts'
export type { StaffTexts } from './staff-texts.ts'
export { filledIn } from './text-template.ts'
