import { z } from 'zod'
import { orderValues, urgencySchema } from '../api.ts'

/** Splitting one demand into several orders, over HTTP. */

/** More matters are hardly ever told in one call. */
export const mostParts = 5

const { words, unit, kindCode, category } = orderValues

export const splitPartSchema = z
  .strictObject({
    matter: words(4000, 'what this matter is about'),
    kind: kindCode.optional().describe('Code in the catalogue: gives category, unit and urgency'),
    category: category.optional(),
    unit: unit.optional().describe('The one of its kind or category when absent'),
    urgency: urgencySchema.optional().describe('Of its kind or category, or else as it was, when absent'),
  })
  .describe('One of the matters; whoever told it, where it is and its first ring are those of the order')
export type SplitPart = Readonly<z.output<typeof splitPartSchema>>
