import { z } from 'zod'

export const dialogNames = z
  .object({
    callId: z.string().describe('Call-ID, as a carrier’s trace has it'),
    uri: z.string(),
    from: z.string(),
    to: z.string(),
    route: z.string().optional(),
  })
  .describe(
    'How SIP names the call: whoever is left in it by a process that died can be told that it is over',
  )
export type DialogNames = z.output<typeof dialogNames>
