import { z } from 'zod'
import type { ShareRules } from '../telephony/index.ts'
import { count, type GroupValues, numbers, words } from './values.ts'

/** Which numbers are ours, and which we ring. */
export const numbersSettings = {
  /** The number that phones show when we ring. */
  CALLER_ID: z
    .string()
    .regex(/^\+?\d{3,15}$/, { error: 'a telephone number of 3 to 15 digits' })
    .default('12345'),
  HOTLINE_NUMBERS: numbers('12345'),
  ELDER_NUMBERS: numbers('12346'),
  /** Further numbers, each with the flow that it leads to at any time, such as the one that calls are diverted to at night. */
  FLOW_NUMBERS: z
    .string()
    .default('')
    .transform(text => words(text).map(pair => pair.split('=')))
    .pipe(
      z
        .array(z.tuple([z.string().regex(/^\+?\d{3,15}$/), z.string().regex(/^[a-z][a-z0-9-]*$/)]), {
          error: 'numbers with their flows between commas, as 12347=after-hours',
        })
        .refine(pairs => new Set(pairs.map(([number]) => number)).size === pairs.length, {
          error: 'each number once',
        }),
    ),
  /** Numbers without a country that may be dialled, too. */
  SHORT_NUMBERS: numbers('12345'),
  /** Whom a seat may hand a caller over to outside, and nobody else. */
  TRANSFER_NUMBERS: z
    .string()
    .default('110=公安,119=消防,120=急救,122=交通事故')
    .transform(text =>
      text
        .split(',')
        .filter(Boolean)
        .map(pair => pair.split('=')),
    )
    .pipe(
      z.array(
        z
          .tuple([z.string().regex(/^\+?\d{3,15}$/), z.string().min(1)])
          .transform(([number, name]) => ({ number, name })),
        { error: 'numbers with their names between commas, as 110=公安' },
      ),
    ),
  /** Calls from outside at one time, over all lines. */
  MAX_CALLS: count(500, 1, 10_000),
  /** Of a hundred lines, so many at most for one number or address, and for one neighbourhood of addresses. */
  LINES_PER_SOURCE_PERCENT: count(25, 1, 100),
  LINES_PER_NETWORK_PERCENT: count(50, 1, 100),
  /** Of a hundred lines, the last so many are kept for who has none; strangers are asked for a key then. */
  LINES_RESERVE_PERCENT: count(20, 0, 90),
  /** For how long conversations go on when the hotline is told to stop (SIGTERM); what starts it has to wait longer. */
  DRAIN_SECONDS: count(8, 0, 3600),
}

/** How the lines are shared among those who ring. */
export const shareRulesOf = (settings: GroupValues<typeof numbersSettings>): ShareRules => ({
  most: settings.MAX_CALLS,
  sourcePercent: settings.LINES_PER_SOURCE_PERCENT,
  networkPercent: settings.LINES_PER_NETWORK_PERCENT,
  reservePercent: settings.LINES_RESERVE_PERCENT,
})
