import { z } from 'zod'

/** Figures on how entries are used. */

export const knowledgeUnitCountsSchema = z.object({
  unit: z.string(),
  current: z.number(),
  ending: z.number().describe('Of them, those that end within 30 days'),
  expired: z.number(),
  unused: z.number().describe('Current ones that nobody used in the days that were asked for'),
  used: z.object({ 'read-out': z.number(), sms: z.number(), cite: z.number() }),
})
export const knowledgeFiguresSchema = z.object({
  days: z.number(),
  searches: z.number(),
  unanswered: z.number().describe('Searches without an answer'),
  answeredAtOnce: z
    .number()
    .describe('Consultations that were closed at once with an entry cited, as far as they were cited here'),
  words: z
    .array(z.object({ words: z.string(), count: z.number() }))
    .readonly()
    .describe('What was looked for without an answer, numbers left out, the most often first'),
  units: z.array(knowledgeUnitCountsSchema).readonly(),
})
export const knowledgeShownFiguresSchema = knowledgeFiguresSchema.extend({
  consultations: z
    .array(
      z.object({
        unit: z.string(),
        all: z.number(),
        atOnce: z.number().describe('Closed while the citizen was on the line'),
      }),
    )
    .readonly()
    .describe('Orders that are consultations, by the unit of their matter'),
})
export type KnowledgeShownFigures = Readonly<z.output<typeof knowledgeShownFiguresSchema>>
export type KnowledgeFigures = Readonly<z.output<typeof knowledgeFiguresSchema>>
export const knowledgeFiguresQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30),
})
