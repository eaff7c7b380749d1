import { z } from 'zod'
import type { CallId, EndReason, KeyPress } from './call.ts'

const keys = [...'0123456789*#ABCD'] as KeyPress['key'][]
export const endReasons = [
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
] as const satisfies readonly EndReason[]

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

const callId = z.string() as unknown as z.ZodType<CallId>

const quality = z.object({
  packetsReceived: z.number(),
  packetsSent: z.number(),
  packetsLost: z.number(),
  jitterMs: z.number(),
  roundTripMs: z.number().optional(),
  mos: z.number(),
})

/** One thing that happened to a call, said in a form that a timeline can print. */
export const callFact = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invited'),
    line: z.string(),
    direction: z.enum(['in', 'out']),
    caller: z.string(),
    called: z.string(),
    /** What the caller's end calls itself. */
    name: z.string().optional(),
  }),
  z.object({ kind: z.literal('answered'), codec: z.string().optional() }),
  z.object({ kind: z.literal('answered-by'), who: z.enum(['person', 'machine', 'unsure']) }),
  /** Its phone reads and types real-time text. */
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('version'), digest: z.string(), number: z.number().optional() }),
  z.object({
    kind: z.literal('flow'),
    flow: z.string(),
    state: z.string().optional(),
    /** What the caller is spoken to in (BCP 47). */
    language: z.string().optional(),
  }),
  z.object({ kind: z.literal('prompt'), text: z.string(), durationMs: z.number() }),
  z.object({
    kind: z.literal('key'),
    key: z.enum(keys),
    source: z.enum(['rtp-event', 'tone', 'info', 'message']),
  }),
  z.object({ kind: z.literal('queued'), place: z.number() }),
  z.object({ kind: z.literal('left-line'), reason: z.string() }),
  z.object({ kind: z.literal('offered'), seat: z.string() }),
  z.object({ kind: z.literal('offer-failed'), seat: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('connected'), seat: z.string(), seatCall: callId }),
  /** The seat let the caller wait with music, or came back. */
  z.object({ kind: z.literal('held'), held: z.boolean() }),
  /** Handed over to somebody who is no seat. */
  z.object({ kind: z.literal('transferred'), to: z.string() }),
  z.object({ kind: z.literal('recording'), path: z.string() }),
  /** How the call was captioned: characters shown, and rewritten after that; delays in ms from a word's sound. */
  z.object({
    kind: z.literal('captions'),
    lines: z.number(),
    shown: z.number(),
    rewritten: z.number(),
    gaps: z.number(),
    gapMs: z.number(),
    firstP95Ms: z.number().optional(),
    finalP95Ms: z.number().optional(),
  }),
  /** A call that was not taken: by us, and why; or by whom we rang, with the telephone network's cause (ITU-T Q.850). */
  z.object({
    kind: z.literal('refused'),
    by: z.enum(['us', 'them']),
    status: z.number(),
    why: z.string().optional(),
    cause: z.number().optional(),
  }),
  z.object({ kind: z.literal('failure'), what: z.string(), reason: z.string() }),
  /** Its process died: where the caller was, as the next one found out. */
  z.object({
    kind: z.literal('cut'),
    at: z.enum(cutPlaces),
    flow: z.string().optional(),
    state: z.string().optional(),
  }),
  z.object({
    kind: z.literal('ended'),
    by: z.enum(['them', 'us', 'failure']),
    reason: z.enum(endReasons),
    quality: quality.optional(),
  }),
])
export type CallFact = Readonly<z.infer<typeof callFact>>

/** A fact and when it was written: wall time, ms since 1970, with microseconds where two fall together. */
export type TimedFact = { readonly atMs: number; readonly fact: CallFact }

/**
 * Where facts about calls are written as they happen. Writing never waits and never throws: a database that is away
 * costs a call nothing; facts are kept in memory, bounded, until it is back.
 */
export type Journal = {
  write(call: CallId, fact: CallFact): void
}
