import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/** The possible outcomes of returns, over HTTP. */

export const returnOutcomeSchema = z
  .enum(['direct', 'upheld', 'refused', 'withdrawn'])
  .describe(
    'upheld: the order went to another unit; refused: the unit keeps it; withdrawn: the unit signed after all; direct: it went on at once, before returns were reviewed',
  )
export type ReturnOutcome = z.output<typeof returnOutcomeSchema>

export const returnDecisionSchema = z.enum(['upheld', 'refused', 'site'], {
  error: 'one of upheld, refused, site',
})

const wholeDays = { error: 'a whole number of days from 1 to 366' }
const periodShape = {
  days: z.coerce
    .number(wholeDays)
    .int(wholeDays)
    .min(1, wholeDays)
    .max(366, wholeDays)
    .default(30)
    .describe('Returns that were asked for within so many days until now'),
  unit: z
    .string()
    .max(64, { error: 'the id of a unit' })
    .optional()
    .describe('Only those that this unit asked for, was named in, or was given'),
}
export const returnPeriodSchema = z.object(periodShape)
export type ReturnPeriod = z.output<typeof returnPeriodSchema>

const fromOneToHundred = { error: 'a whole number from 1 to 100' }
export const returnQuerySchema = z.object({
  ...periodShape,
  after: z
    .string()
    .regex(/^\d{1,15}-\d{13}-\d{1,6}$/, { error: 'the `next` of the page before' })
    .optional(),
  limit: z.coerce
    .number(fromOneToHundred)
    .int(fromOneToHundred)
    .min(1, fromOneToHundred)
    .max(100, fromOneToHundred)
    .default(20),
})
export type ReturnQuery = z.output<typeof returnQuerySchema>

export const returnShownSchema = z
  .object({
    number: z.string(),
    seq: z.int().describe('The event of the order in which it was asked for'),
    from: z.string(),
    target: z.string().describe('Whose the unit said it is'),
    ground: z.string(),
    sinceMs: ms('Since when the order had lain there undecided'),
    askedAtMs: ms('ms since 1970'),
    siteAtMs: ms('When the centre wanted the place looked at').optional(),
    outcome: returnOutcomeSchema.optional().describe('Absent while nobody has decided'),
    decidedAtMs: ms('ms since 1970').optional(),
    to: z.string().describe('Who has it from then on').optional(),
    lostMs: ms('How long it lay where it stayed or did not belong, until somebody said whose it is'),
    way: z.array(z.string()).readonly().describe('Every unit that had the order, the first first'),
  })
  .describe('A return')
export const returnPageSchema = z.object({
  returns: z.array(returnShownSchema).readonly().describe('The latest asked for first'),
  next: z.string().describe('Give it as `after` for the next page; absent on the last').optional(),
})
export type ReturnShown = z.output<typeof returnShownSchema>
export type ReturnPage = z.output<typeof returnPageSchema>

const count = z.int().min(0)
/** As many as somebody reads. */
export const mostPairs = 200
export const returnFiguresSchema = z.object({
  all: z.object({
    count,
    decided: count.describe('Upheld or refused by the centre'),
    upheld: count,
    open: count,
    lostMs: ms('In all of them; of very many returns all figures are counted once a minute'),
  }),
  pairs: z
    .array(
      z.object({
        from: z.string(),
        other: z.string(),
        count,
        decided: count,
        upheld: count,
        lostMs: ms('In all of them'),
      }),
    )
    .readonly()
    .describe(
      `By who returned it and who was given it, or named where nobody was: where the most time was lost first, ${mostPairs} at most`,
    ),
  grounds: z.array(z.object({ ground: z.string(), count, decided: count, upheld: count })).readonly(),
})
export type ReturnFigures = z.output<typeof returnFiguresSchema>

export const returnFileQuerySchema = z.object({
  ...periodShape,
  lang: z
    .enum(['zh-CN', 'en'], { error: 'one of zh-CN, en' })
    .default('zh-CN')
    .describe('What its head is written in'),
})
