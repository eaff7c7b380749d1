import { z } from 'zod'
import { givenFileSchema, ms } from '../foundation/schema.ts'
import { questionShownSchema } from './asking/api.ts'
import { erasureAskedSchema } from './erasing/api.ts'
import { coTaskSchema } from './helping/api.ts'
import { instructionShownSchema, siteCheckShownSchema, supervisionLevelSchema } from './supervising/api.ts'

/** The HTTP shapes of work orders. */

const words = (most: number, error: string) =>
  z
    .string({ error })
    .trim()
    .min(1, { error })
    .max(most, { error: `at most ${most} characters` })
const ruleId = (what: string) => z.string({ error: what }).regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: what })

const number = z
  .string({ error: 'the number of an order, as 2601050000127' })
  .max(40, { error: 'the number of an order, as 2601050000127' })
  .describe(
    'Number of an order: 13 digits, the last of which checks the others; spaces and hyphens do no harm',
  )

const unit = ruleId('the name of a unit in units.json')
const kindCode = z.string({ error: '8 digits' }).regex(/^\d{8}$/, { error: '8 digits' })
const truth = z.boolean({ error: 'true or false' })
const confidential = truth.describe('Shows no person of it outside the centre (GB/T 33358)')
const category = ruleId('the name of a category in catalogue.json')
/** Field schemas shared by making an order and acting on one. */
export const orderValues = { words, unit, kindCode, truth, confidential, category, ruleId }

/** The unit of an order that waits to be dispatched; never a unit's id, since none begins with @. */
export const centre = '@centre'

export const orderStageSchema = z
  .enum(['undispatched', 'waiting', 'handling', 'merged', 'closed'], {
    error: 'one of undispatched, waiting, handling, merged, closed',
  })
  .describe(
    'undispatched: a dispatcher at the centre has to say whose it is; waiting: no unit has signed; handling: the unit that signed leads; merged: handled with another order; closed: the unit says it is done',
  )
export const lightSchema = z
  .enum(['green', 'yellow', 'red'], { error: 'one of green, yellow, red' })
  .describe('green: time enough; yellow: 75 % of a limit are used; red: a limit is over')
export const urgencySchema = z
  .enum(['urgent', 'livelihood', 'general', 'complex'], {
    error: 'one of urgent, livelihood, general, complex',
  })
  .describe('The class that decides the limits')

export const orderTypeSchema = z
  .enum(['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise', 'other'], {
    error: 'one of consultation, help, complaint, report, suggestion, praise, other',
  })
  .describe('咨询, 求助, 投诉, 举报, 建议, 表扬, 其他; older orders have none')
export type OrderType = z.output<typeof orderTypeSchema>

/** The actor. A session tells who it is; a program states it. */
export const orderActorSchema = z
  .object({
    role: z.enum(['seat', 'dispatcher', 'unit', 'supervisor'], {
      error: 'one of seat, dispatcher, unit, supervisor',
    }),
    person: words(64, 'who acts'),
    unit: unit.optional(),
  })
  .describe('For whom a program acts; left out by people who have signed in')

export const orderSummarySchema = z
  .object({
    number: z.string(),
    stage: orderStageSchema,
    light: lightSchema,
    cycle: z.int().describe('1, and one more each time it was reopened'),
    unit: z.string().describe(`The unit that has it; ${centre} while it waits to be dispatched`),
    category: z.string().describe('Empty until somebody has said what it is'),
    type: orderTypeSchema.optional(),
    kind: z.string().describe('Code in the catalogue, 8 digits').optional(),
    kindName: z.string().describe('Object and kind, as 居民供水·停水').optional(),
    district: z.string().optional(),
    urgency: urgencySchema,
    elder: z.boolean(),
    confidential: z.boolean().describe('No person of it is shown outside the centre'),
    street: z.string(),
    matter: z.string(),
    place: z.string(),
    rangAtMs: ms('The first ring, where its clock began; ms since 1970'),
    changedAtMs: ms('When something last happened to it; ms since 1970'),
    byRule: z
      .enum(['open', 'right', 'reversed'])
      .optional()
      .describe(
        'It was dispatched by a rule, and nobody has looked at it yet, a dispatcher found it right, or took it back; absent where a person dispatched it',
      ),
    mergedInto: z
      .string()
      .optional()
      .describe('Number of the order that it is handled with, or was closed with'),
    callers: z
      .int()
      .optional()
      .describe(
        'How many callers it is handled for, those of the orders that are handled with it among them; absent where it is one',
      ),
    like: z
      .int()
      .optional()
      .describe('About so many orders that it may repeat nobody has decided; absent where there is none'),
    statesTold: z
      .int()
      .optional()
      .describe('How often its caller asked about it without a new fact, and was told how it stands'),
    personAsked: z.literal(true).optional().describe('The citizen wants a person to decide'),
    dueAtMs: ms('When the first of its limits is over; absent once it is closed').optional(),
    assignee: z.string().describe('Who of its unit has it; absent where nobody is named').optional(),
    reviewByMs: ms('Until when the centre has to decide a return; absent where there is none').optional(),
  })
  .describe('A work order')

export const orderParamsSchema = z.object({ number })

export const evidenceHash = z
  .string({ error: 'the hash of a file that the order shows' })
  .regex(/^[0-9a-f]{64}$/, { error: 'the hash of a file that the order shows' })
export const evidenceParamsSchema = z.object({ number, hash: evidenceHash })

export const citizenAnswerSchema = z.object({
  contacted: z.enum(['yes', 'no']).optional(),
  solved: z.enum(['yes', 'partly', 'no']).optional(),
  rating: z.literal([1, 2, 3, 4, 5]).describe('1 very satisfied, 5 very dissatisfied').optional(),
})
export type CitizenAnswer = z.output<typeof citizenAnswerSchema>

export const pieceSchema = givenFileSchema.describe('A file that shows what was done')
const shownPieceSchema = pieceSchema.extend({
  cycle: z.int().describe('The round that it belongs to: 1 for the first closing'),
  given: z
    .literal(true)
    .describe('The citizen gave it when they told us: it shows what is wrong, and closes nothing')
    .optional(),
  site: z.int().describe('The event of the site check that it belongs to').optional(),
})

export const clockNameSchema = z
  .enum(['dispatch', 'review', 'site', 'sign', 'feedback', 'handling', 'help', 'instruction', 'person'])
  .describe(
    'dispatch: until the centre has said whose it is; review: until it has decided a return; site: until somebody was at the place; sign: until the unit signs; feedback: until an old caller hears something; handling: until it is closed; help: until a unit that was asked to help has answered; instruction: until the unit has answered what supervision says; person: until a person has rung after "not solved"',
  )

const clockSchema = z.object({
  name: clockNameSchema,
  startedAtMs: ms('ms since 1970'),
  dueAtMs: ms('ms since 1970'),
  doneAtMs: ms('ms since 1970; absent while it runs').optional(),
  lateMs: ms('By how much it was missed, or is being missed; 0 in time'),
})

/** The acts on an existing order: `do` of an act. */
export const orderDoingSchema = z.enum([
  'dispatch',
  'take-back',
  'look',
  'ask-person',
  'add',
  'sign',
  'assign',
  'support',
  'answer-help',
  'grant',
  'end-grant',
  'reveal',
  'set-confidential',
  'progress',
  'ask-citizen',
  'answer-question',
  'return',
  'decide-return',
  'reclassify',
  'appoint',
  'ask-extension',
  'decide-extension',
  'close',
  'judge-closing',
  'withdraw-evidence',
  'note-ring',
  'instruct',
  'answer-instruction',
  'end-instruction',
  'ask-site',
  'check-site',
  'merge',
  'part',
  'tell-apart',
  'tell-state',
  'split',
])

export const orderDetailSchema = z.object({
  order: orderSummarySchema,
  caller: z.string().describe('The number that rang; empty when withheld, and to units'),
  name: z
    .string()
    .describe('Of the citizen, as they gave it; of a confidential order not to units')
    .optional(),
  contact: z.object({
    mode: z
      .enum(['voice', 'unverified', 'sms', 'sign', 'none'])
      .describe('unverified: a number that never rang us; it is rung once a code was read back'),
    number: z.string().describe('Masked for units, as 138****8001, until they reveal it').optional(),
  }),
  language: z.string(),
  clocks: z.array(clockSchema).readonly(),
  tasks: z
    .array(coTaskSchema)
    .readonly()
    .describe('What units were asked to help with, the first asked first'),
  question: questionShownSchema.optional(),
  instructions: z
    .array(instructionShownSchema)
    .readonly()
    .describe('What its units had to answer, the first issued first; the last may wait'),
  siteChecks: z.array(siteCheckShownSchema).readonly(),
  evidence: z.array(shownPieceSchema).readonly(),
  level: z
    .int()
    .min(0)
    .max(3)
    .describe(
      'Level of supervision, by lateness or by an instruction that waits: 1 street, 2 district, 3 city',
    ),
  erasure: erasureAskedSchema
    .optional()
    .describe('Somebody asked that it is erased, and nobody has decided; shown to supervisors'),
  may: z
    .array(orderDoingSchema)
    .readonly()
    .describe('What whoever asks can do with it as it stands; each is decided again when it is done'),
  mayInstruct: z
    .array(supervisionLevelSchema)
    .readonly()
    .describe('At which levels whoever asks can have its unit answer'),
  events: z
    .array(
      z.object({
        seq: z.int(),
        atMs: ms('ms since 1970'),
        kind: z.string(),
        by: z.object({
          role: z.string(),
          person: z.string(),
          called: z
            .string()
            .describe(
              'What people call them, for units: they are told no other names but those of their own people',
            )
            .optional(),
          unit: z.string().optional(),
          via: z.string().describe('The program that stated who acts').optional(),
        }),
        data: z
          .record(z.string(), z.unknown())
          .describe('What the event says; its fields depend on its kind'),
      }),
    )
    .readonly(),
})

const by = orderActorSchema.optional()

export const contactCheckSchema = z.object({ by })
export const contactCheckedSchema = z.object({ untilMs: ms('Until when the code is good; ms since 1970') })
export const contactAnswerSchema = z.object({
  code: z
    .string({ error: 'the six digits that were read back' })
    .regex(/^[\d\s-]{6,12}$/, { error: 'the six digits that were read back' }),
  by,
})

export type OrderSummary = z.output<typeof orderSummarySchema>
export type EvidencePiece = z.output<typeof shownPieceSchema>
export type Piece = Readonly<z.output<typeof pieceSchema>>
export type Stage = z.output<typeof orderStageSchema>
export type Light = z.output<typeof lightSchema>
export type Urgency = z.output<typeof urgencySchema>
export type ClockName = z.output<typeof clockNameSchema>
export type OrderDetail = z.output<typeof orderDetailSchema>
export type OrderActor = z.output<typeof orderActorSchema>
/**
 * What the socket /orders/live tells a page of orders; the page then asks for what it needs. The page itself sends
 * nothing.
 */
export type ToOrderPage = {
  /** Numbers of orders that changed since the last message; empty in a keep-alive. */
  readonly changed: readonly string[]
}
