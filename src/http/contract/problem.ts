import { z } from 'zod'

/** RFC 9457, with every fault found: where, what was there, and what would do. */
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
