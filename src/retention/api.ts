import { z } from 'zod'
import { phoneNumber, wordsSchema } from '../foundation/schema.ts'
import { callParamsSchema } from '../telephony/api.ts'

/** Retention over HTTP: periods, legal holds, and exporting or forgetting a person. */

const count = z.int().min(0)
const ms = (what: string) => z.number().describe(`${what}, ms since 1970`)
const reason = z
  .string({ error: 'why, in a few words' })
  .trim()
  .min(1, { error: 'why, in a few words' })
  .max(200, { error: 'at most 200 characters' })
  .refine(text => !/\d{7}/.test(text.replace(/[ -]/g, '')), {
    error: 'why, without a telephone number: it is kept',
  })

const stayedSchema = z.object({
  about: z.string().describe('An order, a call, or a file'),
  because: z
    .enum(['held', 'in-hand', 'of-another', 'later'])
    .describe(
      'held: by name; in-hand: it is not over yet; later: it is tried again by itself; of-another: somebody else’s order speaks of the number, which a person has to look at',
    ),
})

const wentSchema = z.object({
  name: z.string().describe('A table, or a folder of DATA_DIR'),
  count: count.describe('Rows or files that went, or were blanked'),
  stayed: z.array(stayedSchema).readonly(),
})

export const personSchema = z.object({ number: phoneNumber })

const whom = {
  number: phoneNumber.optional(),
  call: callParamsSchema.shape.id
    .optional()
    .describe('In place of a number: one call alone, also where nobody knows who rang'),
}
const isOne = ({ number, call }: ForgetWhom) => (number === undefined) !== (call === undefined)
const oneOf = { error: 'a number or a call', path: ['number'] }
/** Reads what people type for a subject: a phone number, perhaps in groups, or the id of a call. */
export const whomOf = (written: string): ForgetWhom =>
  isCall(written) ? { call: written } : { number: written.replace(/[ -]/g, '') }
export const isCall = (written: string) => written.startsWith('call_')

export const forgetRequestSchema = z.object({ ...whom, because: reason }).refine(isOne, oneOf)
export const forgetDecisionSchema = z
  .object({ ...whom, agreed: z.boolean({ error: 'true or false' }) })
  .refine(isOne, oneOf)

export const forgettingSchema = z
  .object({
    id: z.string(),
    mark: z.string().describe('A keyed mark of the number, as in the trail; of one call its id'),
    number: z.string().describe('Masked, until it is done; empty after that, and where it is one call'),
    state: z
      .enum(['asked', 'refused', 'running', 'waiting', 'done'])
      .describe('waiting: something had to stay, and goes by itself once it may'),
    because: z.string(),
    askedBy: z.string(),
    askedAtMs: ms('When'),
    decidedBy: z.string().optional(),
    decidedAtMs: ms('When').optional(),
    endedAtMs: ms('When all was done').optional(),
    went: z.array(wentSchema).readonly(),
  })
  .describe('That somebody, or one call, is to be forgotten, and what came of it, by table and folder')
export const forgettingListSchema = z.object({ forgettings: z.array(forgettingSchema).readonly() })

export const personExportSchema = z
  .object({
    number: z.string(),
    madeAtMs: ms('When'),
    holdings: z
      .array(
        z.object({
          name: z.string(),
          what: z.string(),
          kept: z.string(),
          rows: z.array(z.record(z.string(), z.unknown())).readonly(),
        }),
      )
      .readonly(),
  })
  .describe('All that is here of one person, by table and folder')

export const newHoldSchema = z
  .object({
    number: phoneNumber.optional(),
    order: z.string().trim().min(1).max(40).optional().describe('The number of an order'),
    reason,
    untilMs: ms('Until when'),
  })
  .refine(({ number, order }) => (number === undefined) !== (order === undefined), {
    error: 'a number or an order',
    path: ['number'],
  })
export const holdParamsSchema = z.object({
  id: z.string().regex(/^hold_[0-9a-z]+$/, { error: 'the id of a hold' }),
})
export const holdSchema = z
  .object({
    id: z.string(),
    number: z.string().describe('Masked; empty where an order is held, or once it is over'),
    mark: z.string(),
    order: z.string(),
    reason: z.string(),
    by: z.string(),
    atMs: ms('Since when'),
    untilMs: ms('Until when'),
    endedBy: z.string().optional(),
    endedAtMs: ms('When it was lifted before its day').optional(),
    holds: z.boolean(),
  })
  .describe('Somebody or an order of which nothing is let go')

export const retentionSchema = z
  .object({
    kinds: z
      .array(
        z.object({
          kind: z.string(),
          name: z.string().describe('As the city calls it'),
          days: count,
          tables: z.array(z.string()).readonly(),
          sweptAtMs: ms('When it was last looked for').optional(),
          gone: count.describe('How many went then'),
          total: count.describe('How many went in all'),
        }),
      )
      .readonly(),
    titles: z
      .record(z.string(), wordsSchema)
      .describe('Tables and folders that have somebody in them, as people say it'),
    seatTranscripts: z.boolean(),
    holds: z.array(holdSchema).readonly(),
  })
  .describe('How long what is kept, and what is held beyond that')

export type Forgetting = Readonly<z.output<typeof forgettingSchema>>
export type ForgetRequest = z.output<typeof forgetRequestSchema>
export type ForgetWhom = { readonly number?: string; readonly call?: string }
export type ForgetDecision = z.output<typeof forgetDecisionSchema>
export type Went = Readonly<z.output<typeof wentSchema>>
export type PersonExport = z.output<typeof personExportSchema>
export type NewHold = z.output<typeof newHoldSchema>
export type HoldView = Readonly<z.output<typeof holdSchema>>
export type RetentionView = z.output<typeof retentionSchema>
