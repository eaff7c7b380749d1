import { z } from 'zod'
import { flowName, idSchema, ms, phoneNumber } from '../foundation/schema.ts'
import { dialogNames } from './lines/sip/api.ts'

/** Calls over HTTP: the list, one call as a timeline, and one that we make. */

const callId = z.string().regex(/^call_[0-9a-z]+$/, { error: 'the id of a call, as call_ and its digits' })

const qualitySchema = z
  .object({
    packetsReceived: z.int(),
    packetsSent: z.int(),
    packetsLost: z.int().describe('Packets that never came, of those expected (RFC 3550, A.3)'),
    jitterMs: ms('Interarrival jitter in ms (RFC 3550, A.8)'),
    roundTripMs: ms('Round-trip time in ms, when the other end reports it').optional(),
    mos: z.number().describe('Mean opinion score, 1 to 4.5, estimated by ITU-T G.107'),
  })
  .describe('How the audio of one leg was')

export const endReasonSchema = z.enum([
  'hung-up',
  'cancelled',
  'refused',
  'busy',
  'no-answer',
  'unreachable',
  'media-timeout',
  'worker-died',
  'process-died',
  'signalling-lost',
])
export const endReasons = endReasonSchema.options

const endSchema = z.object({
  by: z.enum(['them', 'us', 'failure']),
  reason: endReasonSchema,
  quality: qualitySchema.optional(),
})

const direction = z.enum(['in', 'out'], { error: 'in or out' }).describe('in: they rang; out: we did')

/** Where somebody can be when their call is cut off, who lost most first. */
export const cutPlaces = [
  'queue',
  'offered',
  'talking',
  'held',
  'outside',
  'message',
  'flow',
  'ringing',
] as const

/** One thing that happened to a call, said in a form that a timeline can print. */
export const callFactSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invited'),
    line: z.string(),
    direction,
    caller: z.string(),
    called: z.string(),
    name: z.string().describe('What the caller’s end calls itself, which proves nothing').optional(),
    isProved: z
      .literal(false)
      .describe('false: anybody can have said that it is this number that rings')
      .optional(),
  }),
  z.object({ kind: z.literal('answered'), codec: z.string().optional(), dialog: dialogNames.optional() }),
  z.object({
    kind: z.literal('answered-by'),
    who: z.enum(['person', 'machine', 'unsure']),
    why: z
      .enum(['greeting', 'beep', 'tone', 'fax', 'sit', 'music', 'announcement', 'network'])
      .describe('What showed a machine, as sit: the tones of a network before an announcement')
      .optional(),
  }),
  z.object({
    kind: z.literal('version'),
    digest: z.string().describe('The flows that the call began with: SHA-256, the first 12 hex digits'),
    number: z.int().describe('The number of that version').optional(),
  }),
  z.object({
    kind: z.literal('flow'),
    flow: z.string(),
    state: z.string().optional(),
    language: z.string().describe('What the caller is spoken to in (BCP 47)').optional(),
    menu: z.boolean().describe('Whether the caller has to press a key here: silence is no person').optional(),
  }),
  z.object({ kind: z.literal('prompt'), text: z.string(), durationMs: ms('Length of the prompt in ms') }),
  z.object({
    kind: z.literal('key'),
    key: z
      .enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D', '•'])
      .describe('A key of the telephone pad; •: a digit of a number, which nobody writes down'),
    source: z
      .enum(['rtp-event', 'tone', 'info', 'message'])
      .describe('RFC 4733, found as tones in the audio, SIP INFO, or told by the web page or Twilio'),
  }),
  z.object({
    kind: z.literal('queued'),
    place: z.int().describe('Place in the queue, 1 the next'),
    sinceMs: ms('The INVITE of an earlier call whose place they keep, ms since 1970').optional(),
  }),
  z.object({
    kind: z.literal('moved'),
    seat: z.string().describe('The seat that is to take them; absent where they go to the head').optional(),
    by: z.string().describe('The supervisor who moved them').optional(),
  }),
  // The queue was called a line when the first of these were stored.
  z.object({ kind: z.literal('left-line'), reason: z.string() }),
  z.object({ kind: z.literal('offered'), seat: z.string() }),
  z.object({ kind: z.literal('offer-failed'), seat: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('connected'), seat: z.string(), seatCall: idSchema<'call'>() }),
  z
    .object({ kind: z.literal('called-back'), seat: z.string(), callback: z.string() })
    .describe('They were not served before: a seat rang them, or they rang while it did'),
  /** Its phone reads and types real-time text. */
  z.object({ kind: z.literal('text') }),
  z.object({
    kind: z.literal('held'),
    held: z.boolean().describe('The caller hears music; or the seat again'),
  }),
  z
    .object({
      kind: z.literal('cut'),
      at: z.enum(cutPlaces),
      flow: z.string().optional(),
      state: z.string().optional(),
    })
    .describe('Where the caller was when the process died that served the call'),
  z.object({ kind: z.literal('transferred'), to: z.string().describe('A number of TRANSFER_NUMBERS') }),
  z.object({ kind: z.literal('recording'), path: z.string() }),
  z.object({ kind: z.literal('gave-number'), number: z.string().describe('Where they want to be called') }),
  z.object({ kind: z.literal('recorded'), path: z.string(), hasVoice: z.boolean().optional() }),
  z.object({
    kind: z.literal('promised'),
    number: z.string().describe('The number that will be rung, as it was shown or keyed'),
    message: z.string().describe('Where the recording lies that they left').optional(),
    dueAtMs: ms('By when they are told that they will have been rung, ms since 1970').optional(),
  }),
  z.object({ kind: z.literal('told-time'), dueAtMs: ms('What they heard in its place').optional() }),
  z.object({
    kind: z.literal('captions'),
    lines: z.int(),
    shown: z.int().describe('Characters that appeared'),
    rewritten: z.int().describe('Characters that were taken back again'),
    gaps: z.int(),
    gapMs: ms('Sound that nobody listened to, in ms'),
    firstP95Ms: ms('From a word being audible to its first being shown, in ms, 95th percentile').optional(),
    finalP95Ms: ms('From a word being audible to its final form, in ms, 95th percentile').optional(),
  }),
  z.object({
    kind: z.literal('refused'),
    by: z.enum(['us', 'them']).describe('us: we did not take a call; them: whom we rang did not'),
    status: z.int().describe('The final status of the INVITE (RFC 3261, section 21)'),
    why: z.string().describe('Why we did not take it, as no-common-codec').optional(),
    cause: z
      .int()
      .describe('The cause that the telephone network gave (ITU-T Q.850), as 1: no such number')
      .optional(),
  }),
  z.object({ kind: z.literal('failure'), what: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('ended'), ...endSchema.shape }),
])

export const callStateSchema = z
  .enum(['ringing', 'answered', 'ended'], { error: 'ringing, answered or ended' })
  .describe('How far the call has come')

export const callRecordSchema = z
  .object({
    id: z.string().describe('Id of the call; ids sort by age'),
    line: z.string().describe('The line it is on, as sip'),
    direction,
    caller: z.string().describe('The number that rings; empty when withheld'),
    called: z.string().describe('The number that was rung'),
    isProved: z.literal(false).describe('false: anybody can have said that this number rings').optional(),
    state: callStateSchema,
    invitedAtMs: ms('When the INVITE came, ms since 1970: where every clock about this call starts'),
    answeredAtMs: ms('When it was answered, ms since 1970').optional(),
    endedAtMs: ms('When it was over, ms since 1970').optional(),
    endedBy: z.string().describe('Who ended it: them, us, or a failure in between').optional(),
    endReason: z.string().describe('Why it is over').optional(),
    refusal: z
      .string()
      .describe('Of one that was not taken: the status of its INVITE and why, as 488 no-common-codec')
      .optional(),
  })
  .describe('A call in one line')

/** Times in ms from the INVITE, absent where it did not come to that. */
const callSummarySchema = z
  .object({
    answeredAfterMs: ms('From the INVITE to the answer, in ms').optional(),
    queuedAfterMs: ms('From the INVITE to the queue, in ms').optional(),
    connectedAfterMs: ms('From the INVITE to a person, in ms').optional(),
    seat: z.string().describe('The seat that took it').optional(),
    durationMs: ms('From the INVITE to the end, in ms').optional(),
    end: endSchema.describe('Who ended it, why, and how the audio was').optional(),
  })
  .describe('What the timeline comes to')

export const callDetailSchema = z
  .object({
    call: callRecordSchema,
    summary: callSummarySchema,
    timeline: z
      .array(z.object({ atMs: ms('When, in ms since 1970'), fact: callFactSchema }))
      .readonly()
      .describe('What happened, in order, from INVITE to BYE'),
  })
  .describe('A call, what it came to, and its timeline')

export const callQuerySchema = z.object({
  limit: z.coerce
    .number({ error: 'a whole number from 1 to 200' })
    .int({ error: 'a whole number from 1 to 200' })
    .min(1, { error: 'a whole number from 1 to 200' })
    .max(200, { error: 'a whole number from 1 to 200' })
    .default(50)
    .describe('How many calls at most'),
  before: callId.describe('Only calls older than this one: `next` of the page before').optional(),
  state: callStateSchema.describe('Only calls that have come so far').optional(),
})

export const callPageSchema = z
  .object({
    calls: z.array(callRecordSchema).readonly(),
    next: z.string().describe('Give it as `before` for the next page; absent on the last').optional(),
  })
  .describe('Calls, newest first')

export const callParamsSchema = z.object({ id: callId.describe('Id of the call') })

export const dialRequestSchema = z.object({ number: phoneNumber, flow: flowName })

export const dialedSchema = z.object({ call: z.string().describe('Id of the call, now answered') })

export type CallRecord = z.output<typeof callRecordSchema>
export type CallDetail = z.output<typeof callDetailSchema>
export type CallQuery = z.output<typeof callQuerySchema>
export type CallPage = z.output<typeof callPageSchema>
export type DialRequest = z.output<typeof dialRequestSchema>
export type Dialed = z.output<typeof dialedSchema>
export type CallFact = Readonly<z.output<typeof callFactSchema>>
export type CallState = z.output<typeof callStateSchema>

/** An earlier call of a number, in either direction. */
export type PastCall = {
  readonly id: string
  readonly direction: 'in' | 'out'
  readonly invitedAtMs: number
  /** From the INVITE to the end; absent where it did not end. */
  readonly durationMs?: number
  /** The seat that talked to them last. */
  readonly seat?: string
}

const count = z.int()

/** What a stretch of time came to, of calls that rang the house; times from the INVITE. */
const answeringSchema = z.object({
  calls: count.describe('Calls that rang the house'),
  wanted: count.describe('Of those, who wanted a person'),
  reached: count.describe('Of those, who got one'),
  soon: count.describe('Of those, soon: within 15 s by GB/T 33358-2016'),
  medianMs: ms('Until a person, in ms, the median; absent where nobody reached one').optional(),
  p95Ms: ms('The same, 95th percentile').optional(),
})
export const dayFiguresSchema = answeringSchema.extend({
  hours: z
    .array(answeringSchema.extend({ hour: count.describe('From the beginning on, 0 the first') }))
    .readonly()
    .describe('By the hour; hours without a call are left out'),
})
export const daySidesSchema = z.object({
  lost: count.describe('Who wanted a person, and ended the call without one'),
  menuKnown: count.describe('Calls that a flow led, of which it is known whether they met a menu'),
  menuFree: count.describe('Of those, who met no menu that they had to get through before a person'),
  longestMs: ms('The longest time to a person, in ms; absent where nobody reached one').optional(),
  outgoing: z
    .array(
      z.object({
        flow: z.string().describe('What led it, as survey; empty for a call that a person made'),
        calls: count,
        answered: count,
        reached: count.describe('Who got a person within it'),
      }),
    )
    .readonly()
    .describe('Calls that the house made, apart from those that rang it'),
})

const levelWindowSchema = z.object({
  fromMs: ms('From, ms since 1970'),
  untilMs: ms('Until, ms since 1970'),
  wanted: count,
  reached: count,
  soon: count,
})
export const levelsSchema = z
  .object({
    now: levelWindowSchema.describe('The 24 hours that end with the stretch'),
    worstReached: levelWindowSchema
      .optional()
      .describe(
        'Of all 24 consecutive hours that ended in it, those with the lowest share that got a person',
      ),
    worstSoon: levelWindowSchema.optional().describe('The same, of those who got one soon'),
  })
  .describe('Service by any 24 consecutive hours (GB/T 33358-2016), by the minute')

export type Answering = Readonly<z.output<typeof answeringSchema>>
export type DayFigures = Readonly<z.output<typeof dayFiguresSchema>>
export type DaySides = Readonly<z.output<typeof daySidesSchema>>
export type LevelWindow = Readonly<z.output<typeof levelWindowSchema>>
export type Levels = Readonly<z.output<typeof levelsSchema>>

/** Calls that asked for a person in one stretch of time, and what came of them; times from when they asked. */
export type AskedFigures = {
  /** Which of the stretches, from 0 on. */
  readonly stretch: number
  readonly asked: number
  /** Of those, answered within the time that counts as soon. */
  readonly soon: number
  readonly answered: number
  readonly abandoned: number
  /** With seats, all together. */
  readonly talkedSeconds: number
  /** All together, whatever came of it. */
  readonly waitedSeconds: number
}

/** When a seat talked to a caller. */
export type SeatTalkTime = { readonly seat: string; readonly fromMs: number; readonly untilMs: number }

export const callerPlaceSchema = z.union([
  z.object({ at: z.enum(['ringing', 'queue', 'offered', 'talking', 'held', 'outside']) }),
  z.object({ at: z.literal('flow'), flow: z.string(), state: z.string() }),
])

/** Where a caller is. */
export type CallerPlace = Readonly<z.output<typeof callerPlaceSchema>>
