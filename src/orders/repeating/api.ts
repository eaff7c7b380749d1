import { z } from 'zod'
import { orderSummarySchema } from '../api.ts'

/** Orders handled together, split from one demand, or possibly about the same matter, over HTTP. */

export const likeOrderSchema = z
  .object({
    order: orderSummarySchema,
    isOwn: z.boolean().describe('Of the same caller'),
    isOfKind: z.boolean().describe('Of the same kind of the catalogue'),
    words: z.array(z.string()).readonly().describe('Words that both have, the longest first'),
    place: z.array(z.string()).readonly().describe('Words that both places have'),
    leads: z
      .boolean()
      .describe('Whether that one would lead; where a unit has this one further in hand, this one would'),
  })
  .describe('An order that this one may repeat, and why')
export type LikeOrder = z.output<typeof likeOrderSchema>

export const ordersTogetherSchema = z.object({
  lead: orderSummarySchema.optional().describe('The order that it is handled with, or was closed with'),
  merged: z
    .array(orderSummarySchema)
    .readonly()
    .describe('Those that are handled with it, or were closed with it'),
  split: z.array(orderSummarySchema).readonly().describe('The other orders that one demand was split into'),
  like: z
    .array(likeOrderSchema)
    .readonly()
    .describe('Those that it may repeat, about which nobody has decided; to the centre alone'),
})
export type OrdersTogetherShown = z.output<typeof ordersTogetherSchema>
