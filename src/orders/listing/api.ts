import { z } from 'zod'
import { phoneNumber } from '../../foundation/schema.ts'
import { lightSchema, orderStageSchema, orderSummarySchema, orderValues } from '../api.ts'

/** Lists of orders over HTTP: the query, a page, counts, and the whole list as a file. */

const { words, unit } = orderValues

/** Stands for orders without an assignee; no member has this name. */
export const nobody = '-'

export const orderPageSchema = z.object({
  orders: z.array(orderSummarySchema).readonly(),
  next: z.string().describe('Give it as `after` for the next page; absent on the last').optional(),
})

/** Counts of a list stop here. */
export const mostCounted = 20_000
export const orderCountsSchema = z
  .record(
    z.enum([
      'running',
      'undispatched',
      'waiting',
      'returned',
      'silent',
      'helping',
      'copied',
      'toLook',
      'repeated',
      'yellow',
      'red',
    ]),
    z.int().min(0),
  )
  .describe(`How many of the orders that run each list has; ${mostCounted} where there are as many or more`)

const fromOneTo500 = { error: 'a whole number from 1 to 500' }
const listQuerySchema = z.object({
  unit: unit.optional().describe('Only orders of this unit'),
  stage: z
    .enum([...orderStageSchema.options, 'all'], {
      error: 'one of undispatched, waiting, handling, closed, all',
    })
    .optional()
    .describe('Only orders at this stage; `all` whatever theirs is; all that run when absent'),
  returned: z
    .literal('true', { error: 'true, or left out' })
    .optional()
    .describe('Only those of which the centre has a return to decide, the first to be decided first'),
  silent: z
    .literal('true', { error: 'true, or left out' })
    .optional()
    .describe('Only those in which a unit that helps has not answered in time, the longest late first'),
  person: words(64, 'the name of somebody')
    .optional()
    .describe(
      `Only orders that this person of the unit has; ${nobody} for those that nobody has been named for`,
    ),
  helping: z.literal('true').optional().describe('Only orders that this unit was asked to help with'),
  copied: z
    .literal('true')
    .optional()
    .describe('Only orders of which this unit has a copy: those of its streets, where it is a district’s'),
  toLook: z
    .literal('true')
    .optional()
    .describe(
      'Only those that went by themselves and that a dispatcher is to look at: the sampled, and where a person was asked for',
    ),
  repeated: z
    .literal('true')
    .optional()
    .describe('Only those that may repeat another, about which nobody has decided'),
  light: lightSchema.optional().describe('Only orders with this light, of those that run'),
  sort: z
    .enum(['due', 'latest'], { error: 'one of due, latest' })
    .optional()
    .describe(
      'due: the most pressing first; latest: the latest made first, of all or of all that run. Those that are closed: the latest closed first',
    ),
})
export type OrderListQuery = Readonly<z.output<typeof listQuerySchema>>
/** Other combinations have no index: all orders would have to be walked through to find the first that fits. */
const hasItsSort = ({
  sort,
  stage,
  light,
  returned,
  silent,
  person,
  helping,
  copied,
  toLook,
  repeated,
}: OrderListQuery) =>
  sort === undefined ||
  (sort === 'due'
    ? (returned ?? silent) === undefined && stage !== 'closed' && stage !== 'all' && light !== 'green'
    : stage !== 'closed' &&
      light === undefined &&
      (returned ?? silent ?? person ?? helping ?? copied ?? toLook ?? repeated) === undefined)
const ownSort =
  'due for those that run; latest for all that run, one of their stages, or stage=all: other lists have one order'

export const orderQuerySchema = z
  .object({
    ...listQuerySchema.shape,
    caller: phoneNumber
      .optional()
      .describe(
        'All orders of who rang from this number, or is to be answered there, latest first; not for units',
      ),
    call: z.string().max(64).optional().describe('All orders of who rings in this call, latest first'),
    words: words(40, 'two characters or more that stand in it')
      .optional()
      .describe(
        'All orders with these words in their matter, place, street, district or the name of their kind, latest first',
      ),
    after: z
      .string()
      .regex(/^\d{1,15}-\d{13}$/, { error: 'the `next` of the page before' })
      .optional(),
    limit: z.coerce
      .number(fromOneTo500)
      .int(fromOneTo500)
      .min(1, fromOneTo500)
      .max(500, fromOneTo500)
      .default(20),
  })
  .refine(hasItsSort, { path: ['sort'], error: ownSort })

export const orderFileParamsSchema = z.object({
  format: z.enum(['csv', 'xlsx'], { error: 'one of csv, xlsx' }),
})
export const orderFileQuerySchema = z
  .object({
    ...listQuerySchema.shape,
    lang: z
      .enum(['zh-CN', 'en'], { error: 'one of zh-CN, en' })
      .default('zh-CN')
      .describe('What its head is written in'),
  })
  .refine(hasItsSort, { path: ['sort'], error: ownSort })
export type OrderFileQuery = z.output<typeof orderFileQuerySchema>

export type OrderPage = z.output<typeof orderPageSchema>
export type OrderCounts = z.output<typeof orderCountsSchema>
export type OrderQuery = z.output<typeof orderQuerySchema>
