import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/** A unit's question to the citizen, over HTTP: as shown in the order, and on the page that the text links to. */

const token = z
  .string({ error: 'the whole link of the text message' })
  .regex(/^[A-Za-z0-9_-]{22}$/, { error: 'the whole link of the text message' })
export const questionParamsSchema = z.object({ token })

export const questionShownSchema = z
  .object({
    seq: z.int().describe('The event in which it was asked'),
    askedAtMs: ms('ms since 1970'),
    untilMs: ms('Until when the citizen may answer'),
    answerSeq: z.int().describe('The event in which they answered').optional(),
    isOver: z.boolean().describe('Nobody answered in time'),
  })
  .describe('What the unit asked the citizen last; the order’s clocks go on meanwhile')

export const citizenQuestionSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    words: z.string().describe('What the unit asks'),
    unitName: z.string().describe('Who asks; empty for a confidential order'),
    number: z.string().describe('Of the order'),
    untilMs: ms('Until when it may be answered'),
    dueAtMs: ms('Until when the order has to be closed: that goes on whether it is answered or not'),
  }),
  z.object({
    state: z
      .literal('ruled')
      .describe('A rule of the city dispatched the order; the citizen can have a person look'),
    unitName: z.string().describe('Whose it is; empty for a confidential order'),
    number: z.string().describe('Of the order'),
    atMs: ms('When it went'),
  }),
  z.object({ state: z.enum(['answered', 'over', 'person-asked', 'person-looked']) }),
])
export type CitizenQuestion = z.output<typeof citizenQuestionSchema>

export const citizenReplySchema = z.strictObject({
  words: z
    .string({ error: 'what there is to answer' })
    .trim()
    .min(1, { error: 'what there is to answer' })
    .max(1000, { error: 'at most 1000 characters' }),
})
export const personWantedSchema = z.strictObject({
  words: z
    .string({ error: 'why, or nothing' })
    .trim()
    .max(1000, { error: 'at most 1000 characters' })
    .optional()
    .describe('What is wrong with it, where the citizen says so'),
})
export const personAskedSchema = z.object({ state: z.enum(['person-asked', 'person-looked', 'over']) })
export type PersonAsked = z.output<typeof personAskedSchema>
export const replyTakenSchema = z.object({ state: z.enum(['taken', 'answered', 'over']) })
export type ReplyTaken = z.output<typeof replyTakenSchema>
