import { z } from 'zod'
import { phoneNumber } from '../foundation/schema.ts'

/** What is known of a caller's number, over HTTP. */

export const callerParamsSchema = z.object({ number: phoneNumber })

export const callerMarkSchema = z
  .object({
    elder: z
      .boolean({ error: 'true or false' })
      .describe('Whether this caller is served by the flow for elder callers')
      .optional(),
    language: z
      .string({ error: 'the tag of a language, such as yue' })
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$/, { error: 'the tag of a language, such as yue' })
      .describe('What this caller would rather hear (BCP 47); Mandarin where the flows do not speak it')
      .optional(),
  })
  .refine(({ elder, language }) => elder !== undefined || language !== undefined, {
    error: 'elder or language',
    path: ['elder'],
  })

export const callerLanguagesSchema = z.object({ languages: z.array(z.string()).readonly() })

export type CallerMark = z.output<typeof callerMarkSchema>
