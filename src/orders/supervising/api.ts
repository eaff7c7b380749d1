import { z } from 'zod'
import { ms } from '../../foundation/schema.ts'

/** Supervision in three levels over HTTP: instructions and site checks. */

export const supervisionLevelSchema = z
  .enum(['street', 'district', 'city'], { error: 'one of street, district, city' })
  .describe('街道级, 区级专项, 市级联合')
export type SupervisionLevel = z.output<typeof supervisionLevelSchema>

export const instructionCauseSchema = z
  .enum(['person', 'late', 'redone', 'unled', 'unanswered'])
  .describe(
    'person: somebody issued it; late: a limit of the order is over; redone: it was opened again too often; unled: too many units had it and none leads; unanswered: nobody answered at the level below',
  )
export type InstructionCause = z.output<typeof instructionCauseSchema>

export const instructionOutcomeSchema = z
  .enum(['answered', 'raised', 'closed', 'ended'])
  .describe(
    'answered: by the unit; raised: to a level above; closed: with the order; ended: taken back, or there is no unit any more',
  )
export type InstructionOutcome = z.output<typeof instructionOutcomeSchema>

const standing = {
  seq: z.int().describe('The event in which it was issued'),
  level: supervisionLevelSchema,
  because: instructionCauseSchema,
  unit: z.string().describe('Who has to answer it, or had to'),
  issuedAtMs: ms('ms since 1970'),
  dueAtMs: ms('Until when it has to be answered'),
  doneAtMs: ms('When it was answered, or waits no longer; absent while it waits').optional(),
  outcome: instructionOutcomeSchema.optional(),
}
export const instructionStandingShape = standing

export const instructionShownSchema = z
  .object({
    ...standing,
    answerSeq: z.int().describe('The event in which it was answered').optional(),
    lateMs: ms('By how much it was missed, or is being missed; 0 in time'),
  })
  .describe('What the unit has to answer at a level of supervision')

export const siteVerdictSchema = z
  .enum(['confirmed', 'refuted', 'unclear'], { error: 'one of confirmed, refuted, unclear' })
  .describe('Whether it is as the unit says; unclear: that could not be seen')
export type SiteVerdict = z.output<typeof siteVerdictSchema>

export const siteCheckShownSchema = z
  .object({
    seq: z.int().describe('The event in which it was asked for'),
    askedAtMs: ms('ms since 1970'),
    dueAtMs: ms('Until when somebody has to have been there').optional(),
    doneAtMs: ms('When it was written down, or waits no longer; absent while it waits').optional(),
    checkSeq: z.int().describe('The event that tells what was seen').optional(),
    visitedAtMs: ms('When somebody was there').optional(),
    verdict: siteVerdictSchema.optional(),
  })
  .describe('A look at the place')
