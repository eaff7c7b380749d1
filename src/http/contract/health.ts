import { z } from 'zod'

/** How the house is, for whoever watches it. */

const partSchema = z.object({
  part: z.string().describe('Name of the part, as database or sip'),
  up: z.boolean(),
  needed: z.boolean().describe('Whether no call can be taken without it'),
  reason: z.string().describe('What is wrong, while it is down').optional(),
})

export const readinessSchema = z.object({ ready: z.boolean(), parts: z.array(partSchema).readonly() })

export const livenessSchema = z.object({ alive: z.literal(true) })

export type Part = z.output<typeof partSchema>
export type Readiness = z.output<typeof readinessSchema>
