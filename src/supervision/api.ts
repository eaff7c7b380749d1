import { z } from 'zod'
import { formulaSchema, groupRatesSchema } from '../surveys/api.ts'

/** The comparison of units over HTTP: groups, ranks, and the orders behind a figure. */

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const interval = z
  .tuple([share, share])
  .readonly()
  .describe('Within which it lies for 95 of 100 such months (Wilson)')

const month = z
  .string({ error: 'a month, as 2026-01' })
  .regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/, { error: 'a month, as 2026-01' })

export const rankingQuerySchema = z.object({
  month: month.optional().describe('Of closings, in the city’s time; the last that is over when absent'),
})
export const rankingFileQuerySchema = rankingQuerySchema.extend({
  lang: z
    .enum(['zh-CN', 'en'], { error: 'one of zh-CN, en' })
    .default('zh-CN')
    .describe('What its head is written in'),
})

const ratesSchema = groupRatesSchema.shape.rates

export const rankedUnitSchema = z
  .object({
    unit: z.string(),
    name: z.string().describe('What it is called'),
    rank: z
      .int()
      .min(1)
      .optional()
      .describe('Among those of its group and size, by `difference`; absent where too few answered'),
    rates: ratesSchema,
    intervals: z
      .object({ response: interval.optional(), solved: interval.optional(), satisfied: interval.optional() })
      .describe('Of each rate; absent where nobody answered'),
    expected: share
      .optional()
      .describe('The composite that all units of the city have for orders of the same categories'),
    difference: z
      .number()
      .min(-1)
      .max(1)
      .optional()
      .describe(
        'Composite less what was expected: better or worse than others with the same kinds of orders',
      ),
    before: ratesSchema.optional().describe('Of the month before; absent where nothing was closed'),
    points: z.number().describe('Lost for what happened in the month, as two persons confirmed'),
    tally: groupRatesSchema.shape.tally,
  })
  .describe('A unit in its month')

export const rankedGroupSchema = z
  .object({
    id: z.string().describe('street, district, department, or a group of the rules'),
    name: z.string().optional().describe('As the rules call it; absent of the three that are everywhere'),
    english: z.string().optional(),
    from: count.describe('Closings in the month, of the smallest of this size'),
    until: count.optional().describe('And of the first of the next size; absent of the largest'),
    units: z.array(rankedUnitSchema).readonly().describe('By rank; those that have none come last'),
  })
  .describe('Units that can be compared: of one group and one size')

export const rankingSchema = z.object({
  month,
  before: month.describe('The month that it is compared with'),
  fromMs: z.number().describe('Closings from then, ms since 1970'),
  untilMs: z.number().describe('and before then, ms since 1970'),
  least: count.describe('Units with fewer answers have no rank'),
  formula: formulaSchema,
  groups: z.array(rankedGroupSchema).readonly(),
})

export const behindQuerySchema = z.object({
  month,
  unit: z.string().min(1).max(64),
  answer: z
    .enum(['not-contacted', 'not-solved', 'partly-solved', 'dissatisfied'], {
      error: 'not-contacted, not-solved, partly-solved or dissatisfied',
    })
    .describe('What citizens said'),
})
export const behindSchema = z.object({
  orders: z
    .array(
      z.object({
        order: z.string(),
        cycle: z.int().describe('Which closing'),
        closedAtMs: z.number().describe('When, ms since 1970'),
      }),
    )
    .readonly()
    .describe('The latest closing first, a thousand at most'),
})

export type RankingQuery = Readonly<z.output<typeof rankingQuerySchema>>
export type RankedUnit = Readonly<z.output<typeof rankedUnitSchema>>
export type RankedGroup = Readonly<z.output<typeof rankedGroupSchema>>
export type Ranking = Readonly<z.output<typeof rankingSchema>>
export type BehindQuery = Readonly<z.output<typeof behindQuerySchema>>
export type BehindOrders = Readonly<z.output<typeof behindSchema>>
