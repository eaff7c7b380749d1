import { z } from 'zod'
import { ms, phoneNumber } from '../../foundation/schema.ts'

/** The ladder for malicious or unreasonable callers (Beijing’s regulation, articles 9 and 37), over HTTP. */

export const ladderSteps = ['dissuade', 'explain', 'warn', 'restrict'] as const
export const ladderStepSchema = z
  .enum(ladderSteps, { error: `one of ${ladderSteps.join(', ')}` })
  .describe(
    'dissuade: asked to stop (劝阻); explain: told why, criticised (批评教育); warn: told what the law says comes of it (告知法律后果); restrict: waits longer for a person, until a day',
  )
export type LadderStep = z.output<typeof ladderStepSchema>

export const stepStates = ['taken', 'proposed', 'refused', 'holds', 'appealed', 'upheld', 'lifted'] as const
export const stepStateSchema = z
  .enum(stepStates)
  .describe(
    'taken: somebody said it to them; of restrictions: proposed: one of two agreed; refused: the other did not; holds: both; appealed: they ask to look again, and it rests; upheld: it stays until its day; lifted: it is gone',
  )
export type StepState = z.output<typeof stepStateSchema>

/** Restrictions that await a decision. */
export const openStates: readonly StepState[] = ['proposed', 'appealed']

const words = z
  .string({ error: 'what was said or happened' })
  .trim()
  .min(1, { error: 'what was said or happened' })
  .max(1000, { error: 'at most 1000 characters' })
const fact = z
  .string({ error: 'the id of a call or the number of an order' })
  .regex(/^(call_[\w-]{1,60}|\d{13})$/, { error: 'the id of a call or the number of an order' })
const facts = z
  .array(fact)
  .min(1, { error: 'at least one call or order' })
  .max(20, { error: 'at most 20 calls and orders' })
  .readonly()
  .describe('Calls and orders that it rests on; at least one that no earlier step rests on')

/** The longest restriction. No text gives a length. DESIGN. */
export const longestDays = 30
const days = { error: `a whole number of days from 1 to ${longestDays}` }

export const stepGivenSchema = z.strictObject({
  step: ladderStepSchema,
  facts,
  words: words.describe('What was said to them, or why'),
  days: z
    .int(days)
    .min(1, days)
    .max(longestDays, days)
    .optional()
    .describe('How long a restriction holds, from when the second person agrees'),
})
export type StepGiven = Readonly<z.output<typeof stepGivenSchema>>

export const stepDecisionSchema = z.strictObject({
  agreed: z.boolean({ error: 'true or false' }),
  words: words.describe('Why'),
})
export type StepDecision = Readonly<z.output<typeof stepDecisionSchema>>
export const stepAppealSchema = z.strictObject({ words: words.describe('What the caller says') })

export const stepShownSchema = z
  .object({
    id: z.string(),
    number: phoneNumber,
    step: ladderStepSchema,
    state: stepStateSchema,
    facts: z.array(z.string()).readonly(),
    words: z.string(),
    by: z.string(),
    atMs: ms('When'),
    days: z.int().optional(),
    secondBy: z.string().optional().describe('Who agreed or refused, of restrictions'),
    untilMs: ms('Until when it holds').optional(),
    appealedBy: z.string().optional().describe('Who wrote the appeal down'),
    closedBy: z.string().optional().describe('Who decided the appeal'),
    laterWords: z.array(z.string()).readonly().describe('What was written since, the first first'),
  })
  .describe('A step of the ladder')
export type StepShown = Readonly<z.output<typeof stepShownSchema>>

export const callerLadderSchema = z
  .object({
    steps: z.array(stepShownSchema).readonly().describe('The first first'),
    next: ladderStepSchema.optional().describe('What may come next; absent while a restriction is open'),
    restrictedUntilMs: ms('Until when this caller waits longer; absent where they do not').optional(),
  })
  .describe('Where a number stands; key 0 and emergencies are as for everybody')
export type CallerLadder = Readonly<z.output<typeof callerLadderSchema>>

export const ladderListSchema = z.object({
  callers: z
    .array(callerLadderSchema.extend({ number: phoneNumber }))
    .readonly()
    .describe('Who waits for a decision first, then the latest; 100 at most'),
})
export type LadderList = Readonly<z.output<typeof ladderListSchema>>

export const ladderParamsSchema = z.object({ number: phoneNumber })
export const stepParamsSchema = z.object({
  id: z.string().regex(/^step_[\w-]{1,60}$/, { error: 'the id of a step' }),
})
