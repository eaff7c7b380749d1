import { z } from 'zod'
import { urgencySchema } from '../api.ts'

/** The rules of orders, as shown to those who work by them. */

/** The act that a template is a starting text for. */
export const templateUseSchema = z.enum(['progress', 'close', 'return', 'ask-citizen', 'grant'], {
  error: 'one of progress, close, return, ask-citizen, grant',
})

export const orderRulesSchema = z.object({
  profile: z.string().describe('Whose limits hold here'),
  mostExtensionDays: z.int(),
  evidence: z
    .object({
      types: z.array(z.string()).readonly(),
      mostMegabytes: z.int(),
      mostPieces: z.int(),
    })
    .describe('Which files are taken as evidence'),
  units: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        initials: z
          .string()
          .describe('The first letters of its sounds, as they are typed: cyqzf for 朝阳区政府'),
        district: z.string().optional().describe('Whose unit it is; a unit of the city is of none'),
        street: z.string().optional(),
      }),
    )
    .readonly(),
  grounds: z
    .array(z.object({ id: z.string(), name: z.string(), english: z.string(), law: z.string() }))
    .readonly()
    .describe('For which a unit may return an order'),
  channels: z
    .array(
      z.object({ id: z.string(), name: z.string(), english: z.string(), line: z.string(), law: z.string() }),
    )
    .readonly()
    .describe('Where what is beyond a unit’s duty goes'),
  templates: z
    .array(z.object({ id: z.string(), name: z.string(), for: templateUseSchema, text: z.string() }))
    .readonly()
    .describe('Texts that units begin with, each for an act'),
  categories: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        english: z.string(),
        urgency: urgencySchema,
        unit: z.string(),
        elder: z.boolean(),
        evidence: z.boolean().describe('Whether a closing needs evidence'),
      }),
    )
    .readonly(),
})
export type OrderRulesShown = z.output<typeof orderRulesSchema>
