import { z } from 'zod'
import { proposalSchema } from '../drafts/reading/api.ts'
import { ms } from '../foundation/schema.ts'

/** A language model over HTTP: what is asked of it, and what of its answer holds. */

const callId = z.string({ error: 'the id of a call' }).min(1).max(64)
const names = z
  .array(z.string({ error: 'a name' }).trim().max(40, { error: 'at most 40 characters' }))
  .max(10, { error: 'at most 10 of them' })
  .readonly()
  .default([])
  .describe('Names that are known of the caller: they are masked before anything leaves')

export const mostAssistedLines = 400
/** More is no demand that is told in a call, and would come late: no further line is read. */
export const mostAssistedCharacters = 6_000
export const assistedReadingRequest = z.strictObject({
  call: callId,
  lines: z
    .array(
      z.strictObject({
        id: z.int({ error: 'the id of a line' }).min(0, { error: 'the id of a line' }),
        text: z.string({ error: 'what stands in it' }).max(1000, { error: 'at most 1000 characters' }),
      }),
    )
    .min(1, { error: 'at least one line' })
    .max(mostAssistedLines, { error: `at most ${mostAssistedLines} lines` })
    .readonly()
    .describe(`What the caller said, in order; the first ${mostAssistedCharacters} characters are read`),
  names,
})
export type AssistedReadingRequest = Readonly<z.output<typeof assistedReadingRequest>>

export const draftAnswerRequest = z.strictObject({
  call: callId.optional(),
  text: z
    .string({ error: 'what is asked' })
    .trim()
    .min(1, { error: 'what is asked' })
    .max(300, { error: 'at most 300 characters' })
    .describe('What the caller asks'),
  district: z.string().max(40, { error: 'at most 40 characters' }).optional(),
  names,
})
export type DraftAnswerRequest = Readonly<z.output<typeof draftAnswerRequest>>

const outcome = z
  .enum(['answered', 'late', 'wrong', 'away'])
  .describe('late: not within 2 s; wrong: not in the form that was asked for; away: it does not answer')
export type AssistedOutcome = z.output<typeof outcome>
const dropped = z.int().describe('How much of its answer was dropped: it did not stand in what was said')

export const assistedReadingSchema = z.object({
  outcome,
  dropped,
  proposals: z
    .array(proposalSchema)
    .readonly()
    .describe('A summary and fields, each with words of the caller; a person takes it or not'),
})
export type AssistedReading = Readonly<z.output<typeof assistedReadingSchema>>

export const draftAnswerSchema = z.object({
  outcome,
  dropped,
  sentences: z
    .array(z.object({ text: z.string(), entry: z.int().describe('Number of the entry that it stands in') }))
    .readonly(),
  entries: z
    .array(
      z.object({
        number: z.int(),
        id: z.string(),
        version: z.int(),
        question: z.string(),
        example: z.boolean().describe('An example that ships with the product, and no official answer'),
        untilMs: ms('Until when it holds'),
      }),
    )
    .readonly()
    .describe('Those that a sentence cites'),
})
export type DraftAnswer = Readonly<z.output<typeof draftAnswerSchema>>

export const assistantPlaceSchema = z.object({
  isOn: z.boolean(),
  host: z.string().describe('Where words are sent').optional(),
  model: z.string().optional(),
})
export type AssistantPlace = Readonly<z.output<typeof assistantPlaceSchema>>
