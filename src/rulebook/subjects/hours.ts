import { type City, hoursAgainst, readHours, writeHours } from '../../city/index.ts'
import type { LiveValue } from '../../foundation/index.ts'
import { type RuleSubject, ruleSubject } from '../subject.ts'

/** Opening hours and days off. The rest of the city's file takes effect at a start. */
export const hoursSubject = (city: LiveValue<City>, file: string): RuleSubject =>
  ruleSubject({
    name: 'hours',
    file,
    first: city.current(),
    read: readHours,
    write: writeHours,
    guard: (next, before, fromMs) => hoursAgainst(next, before, fromMs, city.current()),
    hold: ({ openingHours, holidays }) => city.use({ ...city.current(), openingHours, holidays }),
  })
