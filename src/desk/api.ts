import { z } from 'zod'
import { idSchema, ms, readableName } from '../foundation/schema.ts'
import type { PastCall } from '../telephony/api.ts'

/** Schemas of seats over HTTP and over the seat's socket. */

export const seatName = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/i, {
    error: '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
  })
  .describe('Name of a seat: the user part of its SIP address')

export const seatStateSchema = z.enum([
  'signed-out',
  'away',
  'offline',
  'ready',
  'offered',
  'calling',
  'talking',
  'wrap-up',
  'resting',
  'set-aside',
])
export type SeatState = z.output<typeof seatStateSchema>

const skillForm = 'a word of small letters, digits and dashes, as en, yue, sign or enterprise'
const skills = z
  .array(z.string({ error: skillForm }).regex(/^[a-z][a-z0-9-]{0,31}$/, { error: skillForm }), {
    error: 'a list of skills',
  })
  .max(32, { error: 'at most 32 skills' })
  .readonly()
  .describe('What the person at it can do beside the ordinary: tags of languages, and the city’s own words')
/** Why an agent takes no calls for a while: 示忙, 小休, 就餐, 培训. */
export const breakReasonSchema = z.enum(['busy', 'rest', 'meal', 'training'], {
  error: 'busy, rest, meal or training',
})
export type BreakReason = z.output<typeof breakReasonSchema>

/** Why a seat was set aside: nobody answered it, its phone could not be rung, or its headset was gone. */
export const asideReasonSchema = z.enum(['no-answer', 'unreachable', 'unplugged'])
export type AsideReason = z.output<typeof asideReasonSchema>

const seatReason = z
  .enum([...breakReasonSchema.options, ...asideReasonSchema.options])
  .describe('Why it is away or set aside')
  .optional()

const member = z
  .string()
  .describe('Who sits there, by the page that was opened; absent where only a telephone is known')
  .optional()

export const seatSchema = z
  .object({
    name: z.string(),
    display: z.string().describe('The name that people read'),
    number: z.int().describe('What citizens know its agent by'),
    skills,
    contact: z
      .string()
      .describe(
        'Where it is rung now: a SIP URI, tel: and a number, or its page; absent while no phone has registered',
      )
      .optional(),
    address: z.string().describe('The fixed address of its phone; absent where it registers').optional(),
    state: seatStateSchema.describe(
      'What it is doing; offline: wants calls, but no phone of it has registered; set-aside: is offered no call until its agent is ready again',
    ),
    reason: seatReason,
    sinceMs: ms('Since when, ms since 1970'),
    caller: idSchema<'call'>().describe('Id of the call it rings for or talks to').optional(),
    member,
    declined: z.int().describe('Offers that it refused since it signed in; absent while none').optional(),
    unanswered: z
      .int()
      .describe('Offers that rang there in vain since it signed in; absent while none')
      .optional(),
  })
  .describe('A seat: a person with a phone')

export const seatListSchema = z.object({ seats: z.array(seatSchema).readonly() })

const contactForm = 'a SIP URI, as sip:s1@127.0.0.1:5090, or a telephone, as tel:+8613800138000'
const contact = z
  .string({ error: contactForm })
  .regex(/^(?:sips?:[^\s<>"]+|tel:\+[1-9]\d{6,14})$/i, { error: contactForm })
  .describe('SIP URI of a phone with a fixed address, or tel: and the number of a telephone')

const password = z
  .string({ error: 'at least 12 characters' })
  .min(12, { error: 'at least 12 characters' })
  .max(128, { error: 'at most 128 characters' })
  .describe('Digest password (RFC 8760) of a phone that registers')

const numberForm = 'a whole number from 1 to 999999'
const agentNumber = z
  .int({ error: numberForm })
  .min(1, { error: numberForm })
  .max(999_999, { error: numberForm })

const display = readableName('the name that people read')

export const newSeatSchema = z
  .object({
    name: seatName,
    display,
    number: agentNumber
      .optional()
      .describe('What citizens know its agent by; one more than the highest when absent'),
    skills: skills.optional(),
  })
  .and(
    z.union(
      [
        z.object({ contact, password: z.never().optional() }),
        z.object({ password, contact: z.never().optional() }),
      ],
      {
        error: 'either contact, for a phone with a fixed address, or password, for one that registers',
      },
    ),
  )

/** The fields of a seat that change; the others stay. */
export const seatChangeSchema = z
  .strictObject({
    display: display.optional(),
    number: agentNumber.optional().describe('What citizens know its agent by'),
    contact: contact.optional(),
    password: password.optional(),
  })
  .refine(change => Object.values(change).some(one => one !== undefined), {
    error: 'something to change: display, number, contact or password',
  })
  .refine(({ contact, password }) => contact === undefined || password === undefined, {
    error: 'either contact, for a phone with a fixed address, or password, for one that registers',
  })
export type SeatChange = Readonly<z.output<typeof seatChangeSchema>>

export const seatParamsSchema = z.object({ name: seatName })
export const seatSkillsSchema = z.strictObject({ skills })

export const awayRequestSchema = z
  .object({ reason: breakReasonSchema.describe('Why: 示忙, 小休, 就餐, 培训; busy when absent').optional() })
  .nullish()

/** A stretch of time that a seat spent in one state. */
export const seatSpellSchema = z
  .object({
    seat: z.string(),
    state: seatStateSchema,
    reason: seatReason,
    member,
    fromMs: ms('ms since 1970'),
    untilMs: ms('ms since 1970; of the state that a seat is in now: so far'),
  })
  .describe('How long a seat was in one state')

const time = { error: 'ms since 1970' }
export const seatSpellQuerySchema = z.object({
  from: z.coerce.number(time).int(time).describe('Spells that end after this time, ms since 1970'),
  until: z.coerce.number(time).int(time).describe('Spells that begin before this time, ms since 1970'),
  seat: seatName.optional(),
})
export const seatSpellsSchema = z.object({ spells: z.array(seatSpellSchema).readonly() })

export type SeatSpell = Readonly<z.output<typeof seatSpellSchema>>
export type SeatSpellQuery = z.output<typeof seatSpellQuerySchema>

/** A seat as a screen may have it, without secrets. */
export type SeatView = Readonly<z.output<typeof seatSchema>>
export type NewSeat = z.output<typeof newSeatSchema>

/** What the desk sends to a seat's page over the socket at /seat/desk, in JSON. */
export type ToSeatPage =
  /** Sent whole: at each change of the seat itself; for other seats and the queue, at most a few times a second. */
  | {
      readonly kind: 'desk'
      readonly seat: SeatView
      /** Callers in the queue for a person. */
      readonly waiting: number
      readonly others: readonly Pick<SeatView, 'name' | 'display' | 'state'>[]
      /** The only people outside to whom a caller can be handed over. */
      readonly numbers: readonly OutsideNumber[]
      /** Units that may be asked in. */
      readonly units: readonly { readonly id: string; readonly name: string }[]
      /** The house's time, ms since 1970. */
      readonly nowMs: number
    }
  /** Sent whole at each change; without `talk` the seat has no caller. */
  | { readonly kind: 'talk'; readonly talk?: TalkView }
  /** Sent whole at each change; without `outgoing` the seat rings nobody. */
  | { readonly kind: 'outgoing'; readonly outgoing?: OutgoingView }
  | { readonly kind: 'refused'; readonly order: SeatCommand['kind']; readonly code: string }
  /** Sent every 5 s; a page that receives nothing for 15 s has lost its connection. */
  | { readonly kind: 'beat' }

/** The person whom a seat rings: the seat's own phone rings first, then theirs. */
export type OutgoingView = {
  readonly callback: string
  readonly number: string
  readonly rings: 'seat' | 'citizen'
  /** The hotline leads: the seat is asked to take this callback as it is asked to take a caller. */
  readonly isOffered?: true
}

export type OutsideNumber = { readonly number: string; readonly name: string }

/** What a call is about, where the house knows. */
export type TalkAbout =
  /** We ring a citizen back who rang and was not served. */
  | { readonly kind: 'callback'; readonly id: string }
  /** A citizen asked for a person in a survey call: the order, and their answers so far. */
  | {
      readonly kind: 'survey'
      readonly order: string
      readonly answers: readonly { readonly name: string; readonly value: string }[]
    }

/** Who else is in a conversation, and what is done with them. */
export type TalkParties = {
  /** The third whom the seat asked in; being rung while the phase is `calling`. */
  readonly third?: {
    readonly name: string
    readonly seat?: string
    readonly number?: string
    /** No media comes from their telephone, and it does not answer. */
    readonly isAway?: boolean
    /** They talk without a pause, as a recording does. */
    readonly mayBeMachine?: true
  }
  /** Parties whom nobody hears. */
  readonly muted: readonly ('caller' | 'third')[]
  /** The supervisor who listens or is heard; absent where the city does not show it. */
  readonly supervisor?: { readonly by: string; readonly how: Supervising }
  /** Since when the seat asks a supervisor for help, ms since 1970. */
  readonly helpSinceMs?: number
  /** Since when no media comes from the seat's telephone, and it does not answer; ms since 1970. */
  readonly awaySinceMs?: number
  /** This seat was asked in by another seat, which has the caller. */
  readonly isGuest?: true
}

/** `listening`: nobody hears the supervisor. `whispering`: only the seat does. `speaking`: everybody does. */
export const supervisingSchema = z
  .enum(['listening', 'whispering', 'speaking'], { error: 'listening, whispering or speaking' })
  .describe('listening: nobody hears the supervisor; whispering: the seat alone does; speaking: all do')
export type Supervising = z.output<typeof supervisingSchema>

/** The phase of a conversation; drawn in `party-state.ts`. */
export const talkPhaseSchema = z.enum([
  'talking',
  'held',
  'moving',
  'calling',
  'briefing',
  'consulting',
  'swapped',
  'joined',
])
export type TalkPhase = z.output<typeof talkPhaseSchema>

/** The recording of a call: the caller is told before it starts, and a pause ends by itself. */
export type TalkRecording = {
  readonly is: 'announcing' | 'recording' | 'paused' | 'failed'
  /** When a pause ends, ms since 1970. */
  readonly untilMs?: number
}

export type TalkView = {
  readonly id: string
  /** Empty when withheld. */
  readonly number: string
  /** The number is not proved: any caller could have claimed it. */
  readonly isUnproved?: true
  /** Why they came: the reason of the flow's verb `queue`. */
  readonly reason: string
  readonly about?: TalkAbout
  readonly phase: 'ringing' | TalkPhase
  readonly parties: TalkParties
  readonly invitedAtMs: number
  /** Absent while it is being looked up. */
  readonly caller?: {
    readonly elder: boolean
    readonly language?: string
    readonly past: readonly PastCall[]
  }
  /** The pass to the captions of this call, from the answer on. */
  readonly captions?: string
  /** Absent where calls are not recorded. */
  readonly recording?: TalkRecording
}

export const seatCommandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['ready', 'done', 'sign-in', 'sign-out', 'unplugged']) }),
  z.strictObject({ kind: z.enum(['hold', 'resume', 'cancel']) }),
  z.strictObject({ kind: z.literal('away'), reason: breakReasonSchema.default('busy') }),
  z.strictObject({ kind: z.literal('call-back'), callback: z.string().max(40) }),
  z.strictObject({ kind: z.literal('to-seat'), seat: z.string().max(32) }),
  z.strictObject({ kind: z.literal('outside'), number: z.string().max(16) }),
  z.strictObject({ kind: z.enum(['swap', 'join', 'hold-third', 'drop', 'leave']) }),
  z.strictObject({ kind: z.literal('mute'), party: z.enum(['caller', 'third']), isMuted: z.boolean() }),
  z.strictObject({ kind: z.literal('pause-recording'), isPaused: z.boolean() }),
  z.strictObject({ kind: z.literal('help'), isWanted: z.boolean() }),
  z.strictObject({
    kind: z.literal('ask-in'),
    seat: z.string().max(32).optional(),
    number: z.string().max(16).optional(),
    unit: z.string().max(64).optional(),
    brief: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .optional()
      .describe('What the hotline tells them before they are joined'),
  }),
])
/** What a seat's page asks for. */
export type SeatCommand = Readonly<z.output<typeof seatCommandSchema>>
