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
    district: words(64, 'a district of the city').optional().describe('As the order when absent'),
    street: words(64, 'the street or town it is in').optional(),
    place: words(400, 'where it is').optional(),
  })
  .refine(({ district, street }) => district === undefined || street !== undefined, {
    path: ['street'],
    error: 'the street of a matter that is in a district of its own',
  })
  .refine(({ street, place }) => street === undefined || place !== undefined, {
    path: ['place'],
    error: 'the place of a matter that is in a street of its own',
  })
  .describe('One of the matters; whoever told it and its first ring are those of the order')
export type SplitPart = Readonly<z.output<typeof splitPartSchema>>
