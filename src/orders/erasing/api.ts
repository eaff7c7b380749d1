import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/** Erasure of orders by two persons, over HTTP. */

/** The reason for an erasure. It is kept for ever, so it comes from a list: free words could name the citizen. */
export const erasureReasonSchema = z
  .enum(['citizen', 'mistaken', 'ordered'], { error: 'one of citizen, mistaken, ordered' })
  .describe(
    'citizen: its citizen wants it; mistaken: made by mistake or as a trial; ordered: the law asks for it',
  )
export const erasureRequestSchema = z.object({ because: erasureReasonSchema })
export const erasureDecisionSchema = z.object({ agreed: z.boolean({ error: 'true or false' }) })
export const erasureAskedSchema = z.object({
  because: erasureReasonSchema,
  askedBy: z.string(),
  askedAtMs: ms('ms since 1970'),
})
export const erasureListSchema = z.object({
  erasures: z
    .array(
      erasureAskedSchema.partial().extend({
        order: z.string(),
        erased: z.object({ by: z.string(), atMs: ms('ms since 1970') }).optional(),
      }),
    )
    .readonly(),
})

export type ErasureReason = z.output<typeof erasureReasonSchema>
export type ErasureAsked = Readonly<z.output<typeof erasureAskedSchema>>
export type ErasureShown = z.output<typeof erasureListSchema>['erasures'][number]
