import { z } from 'zod'

/** What the proof found of a flow, as it was kept. */
export const provedFlow = z.object({
  flow: z.string(),
  audience: z.enum(['general', 'elder']),
  states: z.number(),
  situations: z.number(),
  likeliest: z.record(z.string(), z.number()),
  byItself: z.boolean(),
  longest: z.number(),
  byState: z.record(z.string(), z.number()).optional(),
  measured: z.boolean().optional(),
})
