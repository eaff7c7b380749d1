import { z } from 'zod'

/** Deductions over HTTP: proposed by rules or a person, confirmed by two, appealed once. */

const ms = (what: string) => z.number().describe(`${what}, ms since 1970`)

/** Reasons for which a unit may lose points (Beijing's regulation, articles 14, 15 and 35). */
export const deductionReasons = ['push-away', 'false-close', 'overdue', 'rude', 'leak'] as const
export const deductionReasonSchema = z.enum(deductionReasons, {
  error: `one of ${deductionReasons.join(', ')}`,
})

/** Where a deduction is announced: to the unit, in its district, or in the whole city. */
export const noticeSchema = z.enum(['unit', 'district', 'city'], { error: 'one of unit, district, city' })

export const deductionStates = [
  'proposed',
  'seconded',
  'confirmed',
  'refused',
  'appealed',
  'upheld',
  'lifted',
] as const
export const deductionStateSchema = z
  .enum(deductionStates, { error: `one of ${deductionStates.join(', ')}` })
  .describe(
    'proposed: nobody has decided; seconded: one of two agreed; confirmed: both; refused: one did not; appealed: the unit asks to look again; upheld: it stays, for good; lifted: it is gone, for good',
  )

/** States in which the centre has to decide. */
export const waitingStates: readonly z.output<typeof deductionStateSchema>[] = [
  'proposed',
  'seconded',
  'appealed',
]

export const deductionSchema = z
  .object({
    id: z.string(),
    order: z.string(),
    unit: z.string(),
    reason: deductionReasonSchema,
    points: z.number().describe('Taken once it is confirmed; by the rules that held when it was proposed'),
    notice: noticeSchema.describe('Where it is made known'),
    state: deductionStateSchema,
    factAtMs: ms('When what it is for happened'),
    seq: z.int().describe('The event of the order that shows it; 0 where a person says so'),
    proposedBy: z.string().describe('A member, or `jieting`: by the rules'),
    firstBy: z.string().optional(),
    secondBy: z.string().optional().describe('Who made it whole, or refused it'),
    appealedBy: z.string().optional(),
    closedBy: z.string().optional().describe('Who decided the appeal'),
    words: z.string().describe('What the last of them wrote; gone with the order'),
    changedAtMs: ms('When'),
  })
  .describe('Points that a unit may lose')

export const deductionQuerySchema = z.object({
  state: deductionStateSchema.optional(),
  unit: z.string().min(1).max(64).optional().describe('A unit sees its own alone, once they are confirmed'),
})
export const deductionListSchema = z.object({
  deductions: z
    .array(deductionSchema)
    .readonly()
    .describe('Those that wait for a decision first, then the latest, 200 at most of each'),
})
export const deductionParamsSchema = z.object({
  id: z.string().regex(/^[\w.-]{1,64}$/, { error: 'the id of a deduction' }),
})

const words = z
  .string({ error: 'why, in a few words' })
  .trim()
  .min(1, { error: 'why, in a few words' })
  .max(500, { error: 'at most 500 characters' })

export const deductionProposalSchema = z.strictObject({
  order: z.string().min(1).max(40).describe('Number of the order'),
  unit: z.string().min(1).max(64),
  reason: deductionReasonSchema,
  words: words.describe('What happened, without anybody’s name'),
})
export const deductionDecisionSchema = z.strictObject({
  agreed: z.boolean({ error: 'true or false' }),
  words: words.describe('Why'),
})
export const deductionAppealSchema = z.strictObject({ words: words.describe('Why it is not so') })

export type DeductionReason = z.output<typeof deductionReasonSchema>
export type DeductionState = z.output<typeof deductionStateSchema>
export type Deduction = Readonly<z.output<typeof deductionSchema>>
export type DeductionQuery = Readonly<z.output<typeof deductionQuerySchema>>
export type DeductionList = Readonly<z.output<typeof deductionListSchema>>
export type DeductionProposal = Readonly<z.output<typeof deductionProposalSchema>>
export type DeductionDecision = Readonly<z.output<typeof deductionDecisionSchema>>
export type DeductionAppeal = Readonly<z.output<typeof deductionAppealSchema>>
