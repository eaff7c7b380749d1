import { z } from 'zod'
import { defineQueue } from '../jobs/index.ts'
import { clockNameSchema } from './api.ts'
import { supervisionLevelSchema } from './supervising/api.ts'

/** A mark of an order's clocks is reached: somebody is to be told. */
export const orderClockQueue = defineQueue({
  name: 'order-clock',
  data: z.object({ order: z.string() }),
  atOnce: 16,
  // A mark that is not told leaves an order unwatched: it is tried for weeks.
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
  /** Which of those that help. */
  unit: z.string().optional(),
  /** At which level its unit has to answer. */
  level: supervisionLevelSchema.optional(),
}
export const toldNoticeSchema = z.object(told)
/** What a text to those who handle an order says. */
export type ToldNotice = Readonly<z.output<typeof toldNoticeSchema>>

/** All that one of them is told in a window, by one text. */
export const orderDigestQueue = defineQueue({
  name: 'order-digest',
  data: z.object({ phone: z.string(), atMs: z.number() }),
  keyed: true,
  leaseS: 30,
})

/** A text message to those who handle an order or watch over it; `phone` is theirs, from the rules, never a citizen's. */
export const orderTextQueue = defineQueue({
  name: 'order-text',
  data: z.object({
    order: z.string(),
    phone: z.string(),
    ...told,
  }),
  leaseS: 30,
})

/** A text message to the citizen, whose number is the order's: it stands in no job. */
export const orderCitizenQueue = defineQueue({
  name: 'order-citizen',
  data: z.object({
    order: z.string(),
    kind: z.enum(['filed', 'closed', 'reopened', 'byRule', 'asked', 'merged', 'parted', 'split']),
  }),
  leaseS: 30,
})

/** An order waits to be dispatched, and may go by itself. */
export const orderDispatchQueue = defineQueue({
  name: 'order-dispatch',
  data: z.object({ order: z.string() }),
  atOnce: 4,
})

/** An order was erased; so are its files. */
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
