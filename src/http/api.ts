import { z } from 'zod'
import { partSchema } from '../foundation/schema.ts'

/** A problem (RFC 9457), with every fault: its place, what was found and what is expected. */
export const problemSchema = z
  .object({
    type: z.string().describe('urn:jieting:fault: and the code'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    faults: z
      .array(z.object({ code: z.string(), place: z.string(), found: z.string(), expected: z.string() }))
      .readonly(),
  })
  .describe('What is wrong, where, and what would do (RFC 9457)')

export type Problem = z.output<typeof problemSchema>

/** Health of the service, for monitoring. */

export const readinessSchema = z.object({ ready: z.boolean(), parts: z.array(partSchema).readonly() })

export const livenessSchema = z.object({ alive: z.literal(true) })

export type Readiness = z.output<typeof readinessSchema>
