import { z } from 'zod'
import { flowName, ms, phoneNumber } from '../foundation/schema.ts'
import { callFactSchema, directionSchema as direction, endSchema } from './journal/api.ts'

export {
  type CallFact,
  callFactSchema,
  cutPlaces,
  endReasonSchema,
  endReasons,
} from './journal/api.ts'

/** Calls over HTTP: the list, one call as a timeline, and one that we make. */

const callId = z.string().regex(/^call_[0-9a-z]+$/, { error: 'the id of a call, as call_ and its digits' })

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
  lost: count.describe('Who wanted a person, and got none: they gave up, or the queue had no place for them'),
  deferred: count.describe('Who wanted a person, and chose to be called instead of waiting on'),
  menuKnown: count.describe('Calls that a flow led, of which it is known whether they met a menu'),
  menuFree: count.describe('Of those, who met no menu that they had to get through before a person'),
  longestMs: ms('The longest time to a person, in ms; absent where nobody reached one').optional(),
  outgoing: z
    .array(
      z.object({
        flow: z.string().describe('What led it, as survey; empty for a call that a person made'),
        calls: count.describe('All that were rung, answered or not'),
        answered: count.describe('Of those, answered, by whoever or whatever it was'),
        reached: count.describe(
          'Of those, who talked with an agent: callbacks, and surveys in which they asked for a person',
        ),
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
