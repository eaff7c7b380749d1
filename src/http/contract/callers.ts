import { z } from 'zod'
import { phoneNumber } from './values.ts'

/** Callers over HTTP: what is known of a number. */

export const callerParamsSchema = z.object({ number: phoneNumber })

export const callerMarkSchema = z.object({
  elder: z
    .boolean({ error: 'true or false' })
    .describe('Whether this caller is served by the flow for elder callers'),
})

export type CallerMark = z.output<typeof callerMarkSchema>
