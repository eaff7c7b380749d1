import { z } from 'zod'

/** The stored results of a flow's proof. */
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
