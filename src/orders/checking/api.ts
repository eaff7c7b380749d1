import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/**
 * What the rules find lacking in a closing, over HTTP: told before it is sent, and reviewed by the centre
 * afterwards.
 */

export const lackKinds = ['unanswered', 'empty', 'unfinished', 'date', 'person', 'turned'] as const
export type LackKind = (typeof lackKinds)[number]

export const lackSchema = z
  .object({
    what: z
      .enum(lackKinds)
      .describe(
        'unanswered: nothing of what was asked stands in it; empty: phrases, and nothing beside them; unfinished: “solved”, and it is still to be done; date: no day; person: nobody is named; turned: a complaint is answered as a question',
      ),
    words: z
      .array(z.string())
      .readonly()
      .describe('What it rests on: words of the demand that are not answered, or phrases of the closing'),
  })
  .describe('What is lacking in a closing, by the rules; it keeps nobody from sending it')
export type Lack = Readonly<z.output<typeof lackSchema>>

export const closingCheckSchema = z
  .object({
    lacks: z.array(lackSchema).readonly(),
    told: z.literal(true).describe('Whoever closed it had been shown that, and sent it').optional(),
    sampled: z.literal(true).describe('Somebody of the centre is to look at it').optional(),
  })
  .describe('What the rules made of a closing in the moment in which it was sent')
export type ClosingCheck = Readonly<z.output<typeof closingCheckSchema>>

export const verdicts = ['sound', 'lacking'] as const
export const verdictSchema = z
  .enum(verdicts, { error: 'one of sound, lacking' })
  .describe('sound: the closing answers the demand; lacking: it does not')
export type ClosingVerdict = z.output<typeof verdictSchema>

export const closingDraftSchema = z.object({
  result: z.string().max(32),
  words: z.string().max(4000, { error: 'at most 4000 characters' }),
})
export type ClosingDraft = Readonly<z.output<typeof closingDraftSchema>>
export const lacksSchema = z.object({ lacks: z.array(lackSchema).readonly() })
export type Lacks = z.output<typeof lacksSchema>

const wholeDays = { error: 'a whole number of days from 1 to 366' }
const unit = z.string().max(64, { error: 'the id of a unit' }).optional()
export const checkedPeriodSchema = z.object({
  days: z.coerce
    .number(wholeDays)
    .int(wholeDays)
    .min(1, wholeDays)
    .max(366, wholeDays)
    .default(30)
    .describe('Closings of so many days until now'),
})
export type CheckedPeriod = z.output<typeof checkedPeriodSchema>
export const checkedQuerySchema = checkedPeriodSchema.extend({
  unit: unit.describe('Only closings of this unit'),
  judged: z
    .enum(['no', 'yes'], { error: 'no or yes' })
    .default('no')
    .describe('Those that wait to be looked at, or those that were'),
  after: z
    .string()
    .regex(/^\d{1,15}-\d{13}-\d{1,6}$/, { error: 'the `next` of the page before' })
    .optional(),
})
export type CheckedQuery = z.output<typeof checkedQuerySchema>

export const checkedClosingSchema = z
  .object({
    number: z.string(),
    cycle: z.int().describe('Which closing'),
    unit: z.string(),
    closedAtMs: ms('ms since 1970'),
    result: z.string(),
    matter: z.string().describe('What was asked'),
    words: z.string().describe('What the unit wrote'),
    ...closingCheckSchema.omit({ sampled: true }).shape,
    verdict: verdictSchema.optional(),
    judgedBy: z.string().optional(),
  })
  .describe('A closing of the sample')
export type CheckedClosing = Readonly<z.output<typeof checkedClosingSchema>>
export const checkedPageSchema = z.object({
  closings: z.array(checkedClosingSchema).readonly().describe('The latest first'),
  next: z.string().describe('Give it as `after` for the next page; absent on the last').optional(),
})
export type CheckedPage = z.output<typeof checkedPageSchema>

const count = z.int().min(0)
const countsShape = {
  closed: count.describe('Closings that were checked'),
  lacking: count.describe('In which the rules found something lacking'),
  told: count.describe('Of those: sent although whoever closed it had been shown that'),
  judged: count.describe('Looked at by a person'),
  agreed: count.describe('Of those in which the rules found something: a person did, too'),
  judgedLacking: count.describe('Looked at by a person, of those in which the rules found something'),
  missed: count.describe('A person found something lacking, and the rules nothing'),
}
export const checkedFiguresSchema = z.object({
  all: z.object(countsShape),
  units: z
    .array(z.object({ unit: z.string(), ...countsShape }))
    .readonly()
    .describe(
      'By unit, the largest share of lacking ones first; of very many closings counted once a minute',
    ),
})
export type CheckedFigures = z.output<typeof checkedFiguresSchema>
