import { z } from 'zod'
import type { City } from '../city/index.ts'
import type { GuardRules } from '../telephony/index.ts'
import type { numbersSettings } from './numbers.ts'
import { count, type GroupValues, words } from './values.ts'

/** Whom this city reaches outside, by call and by text message, and how often. */
export const reachSettings = {
  /** Countries whose numbers are rung and sent texts, by ISO 3166-1 between commas; the city's own when absent. */
  REACH_COUNTRIES: z
    .string()
    .transform(words)
    .refine(all => all.every(one => /^[A-Z]{2}$/.test(one)), {
      error: 'countries of two letters between commas, as CN,HK',
    })
    .optional(),
  /** Beginnings of numbers that are reached besides, as +8529. */
  REACH_PREFIXES: z
    .string()
    .default('')
    .transform(words)
    .refine(all => all.every(one => /^\+[1-9]\d{0,14}$/.test(one)), {
      error: 'beginnings of E.164 numbers between commas, as +8529',
    }),
  /** How often one number is rung, and all of them together. */
  CALLS_PER_NUMBER_HOUR: count(10, 1, 1000),
  CALLS_PER_NUMBER_DAY: count(20, 1, 1000),
  CALLS_PER_HOUR: count(10_000, 1, 1_000_000),
  CALLS_PER_DAY: count(100_000, 1, 10_000_000),
  /** How many text messages one call causes, one number is sent, and all of them together. */
  TEXTS_PER_CALL: count(3, 1, 100),
  TEXTS_PER_NUMBER_HOUR: count(10, 1, 1000),
  TEXTS_PER_NUMBER_DAY: count(20, 1, 1000),
  TEXTS_PER_HOUR: count(10_000, 1, 1_000_000),
  TEXTS_PER_DAY: count(100_000, 1, 10_000_000),
}

/** @param handlers numbers of those who handle orders, as they stand then: what they, and those who watch callbacks, are sent of their work is not counted */
export const reachRulesOf = (
  settings: GroupValues<typeof reachSettings & typeof numbersSettings> & {
    readonly CALLBACK_WARNED: readonly string[]
  },
  city: City,
  handlers: () => readonly string[],
): GuardRules => ({
  home: city,
  countries: settings.REACH_COUNTRIES ?? [city.country],
  prefixes: settings.REACH_PREFIXES,
  calls: {
    listed: [...settings.SHORT_NUMBERS, ...settings.TRANSFER_NUMBERS.map(({ number }) => number)],
    limits: {
      aNumberAnHour: settings.CALLS_PER_NUMBER_HOUR,
      aNumberADay: settings.CALLS_PER_NUMBER_DAY,
      anHour: settings.CALLS_PER_HOUR,
      aDay: settings.CALLS_PER_DAY,
    },
  },
  texts: {
    // In a surge many callbacks are late at once.
    get listed() {
      return [...handlers(), ...settings.CALLBACK_WARNED]
    },
    limits: {
      aCall: settings.TEXTS_PER_CALL,
      aNumberAnHour: settings.TEXTS_PER_NUMBER_HOUR,
      aNumberADay: settings.TEXTS_PER_NUMBER_DAY,
      anHour: settings.TEXTS_PER_HOUR,
      aDay: settings.TEXTS_PER_DAY,
    },
  },
})
