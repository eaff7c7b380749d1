import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'
import { clockNameSchema } from './api.ts'
import { supervisionLevelSchema } from './supervising/api.ts'

/** A mark of an order's clocks is reached: somebody is to be told. */
export const orderClockQueue = defineQueue({
  name: 'order-clock',
  data: z.object({ order: z.string() }),
  atOnce: 16,
  // A lost mark would leave an order unwatched, so it is retried for weeks.
  retries: 20,
})

export const noticeKindSchema = z.enum([
  'dispatched',
  'warning',
  'reopened',
  'disputed',
  'granted',
  'return-asked',
  'return-refused',
  'site-check',
  'help-warning',
  'helped',
  'unsigned',
  'citizen-answered',
  'citizen-silent',
  'instructed',
  'instruction-waits',
  'instruction-answered',
])

const told = {
  kind: noticeKindSchema,
  percent: z.number().optional(),
  clock: clockNameSchema.optional(),
  /** The co-unit concerned. */
  unit: z.string().optional(),
  /** The level of supervision. */
  level: supervisionLevelSchema.optional(),
}
export const toldNoticeSchema = z.object(told)
/** The content of a text to those who handle an order. */
export type ToldNotice = Readonly<z.output<typeof toldNoticeSchema>>

/** Everything that one recipient is to be told in a time window, in one text. */
export const orderDigestQueue = defineQueue({
  name: 'order-digest',
  data: z.object({ phone: z.string(), atMs: z.number() }),
  keyed: true,
  leaseS: 30,
})

/** A text to those who handle or supervise an order; `phone` is theirs, from the rules, never a citizen's. */
export const orderTextQueue = defineQueue({
  name: 'order-text',
  data: z.object({
    order: z.string(),
    phone: z.string(),
    ...told,
  }),
  leaseS: 30,
})

/** A text to the citizen; the number is read from the order, and stands in no job. */
export const orderCitizenQueue = defineQueue({
  name: 'order-citizen',
  data: z.object({
    order: z.string(),
    kind: z.enum(['filed', 'closed', 'reopened', 'byRule', 'asked', 'merged', 'parted', 'split']),
  }),
  leaseS: 30,
})

/** An order waits for dispatch and may be dispatched by rule. */
export const orderDispatchQueue = defineQueue({
  name: 'order-dispatch',
  data: z.object({ order: z.string() }),
  atOnce: 4,
})

/** An erased order's files are to be deleted. */
export const orderErasedQueue = defineQueue({
  name: 'order-erased',
  data: z.object({ order: z.string() }),
  retries: 20,
})

export const orderQueues = [
  orderClockQueue,
  orderTextQueue,
  orderDigestQueue,
  orderCitizenQueue,
  orderDispatchQueue,
  orderErasedQueue,
]
