import type { cutPlaces } from '../telephony/api.ts'
import { type CallerPlace, type CallFact, placeAfter, type TimedFact } from '../telephony/index.ts'
import type { CallbackReason } from './api.ts'

/** The outcome of a call for its caller, from its facts. */
export type CallStory = {
  /**
   * The number that a callback would ring: the caller of an incoming call, or the number that we rang; empty if
   * withheld.
   */
  readonly number: string
  /** Whether somebody whom we trust proves that this number is theirs. */
  readonly isProved: boolean
  readonly called: string
  readonly invitedAtMs: number
  readonly language: string
  readonly isElder: boolean
  /** Whether they talked with a person and were not cut off. */
  readonly isServed: boolean
  readonly losses: readonly StoryLoss[]
  /** The callback that this call served, once they met. */
  readonly callback?: {
    readonly id: string
    /** The seat that they talked with last. */
    readonly seat: string
    readonly metAtMs: number
    /** `missed`: they waited for a person as it ended. */
    readonly over?: 'parted' | 'missed' | 'cut-off'
  }
}

export type StoryLoss = {
  readonly reason: CallbackReason
  readonly atMs: number
  /** Another number that they gave, as keyed. */
  readonly number?: string
  readonly message?: string
  /** The time by which they were told that they would be rung. */
  readonly toldAtMs?: number
  /** Whether somebody speaks in it; unknown during recording, or if the process died. */
  readonly hasVoice?: boolean
}

type Invited = Extract<CallFact, { kind: 'invited' }>

/** What is collected while reading the facts. */
type Gathered = {
  invited?: { readonly fact: Invited; readonly atMs: number }
  place?: CallerPlace | undefined
  /** Where they were when the service stopped or died. */
  cutAt?: (typeof cutPlaces)[number]
  language?: string
  isElder: boolean
  hasQueued: boolean
  wasFull: boolean
  hasFailed: boolean
  reached: boolean
  /** Whether the telephone of the person they talked with broke, and they wait again. */
  hasLostPerson: boolean
  /** Path of the recording in progress. */
  speaks?: string | undefined
  /** A number that they gave before anything was promised. */
  given?: string
  /** Finished recordings, and whether somebody speaks in them. */
  readonly voices: Map<string, boolean>
  promises: StoryLoss[]
  calledBack?: { readonly id: string; readonly seat: string; readonly metAtMs: number }
  end?: {
    readonly fact: Extract<CallFact, { kind: 'ended' }>
    readonly atMs: number
    readonly place?: CallerPlace
  }
}

/** Parts of a flow whose failure means that a caller is not served; words that were not recorded are no message. */
const failures: ReadonlySet<string> = new Set(['flow', 'queue', 'record'])
const waits: readonly string[] = ['queue', 'offered']
const talks: readonly string[] = ['talking', 'held', 'outside', 'message']

/**
 * Reads a call from its facts; undefined before its INVITE is known. A running call has the losses for which a
 * callback was promised; a finished one also has those shown by its end.
 */
export function storyOf(facts: readonly TimedFact[], abandonedMs: number): CallStory | undefined {
  const told: Gathered = {
    isElder: false,
    hasQueued: false,
    wasFull: false,
    hasFailed: false,
    reached: false,
    hasLostPerson: false,
    promises: [],
    voices: new Map(),
  }
  for (const { atMs, fact } of facts) gather(told, fact, atMs)
  const { invited, promises, end } = told
  if (!invited) return undefined
  const { direction, caller, called, isProved } = invited.fact
  const isIn = direction === 'in'
  const found = end && isIn ? lossAtEnd(told, end, end.atMs - invited.atMs > abandonedMs) : undefined
  return {
    number: isIn ? caller : called,
    isProved: !isIn || isProved !== false,
    called: isIn ? called : caller,
    invitedAtMs: invited.atMs,
    language: told.language ?? 'zh-CN',
    isElder: told.isElder,
    isServed: end !== undefined && isIn && told.reached && found === undefined,
    losses: (found ? [...promises, found] : promises).map(loss =>
      loss.message === undefined ? loss : { ...loss, hasVoice: told.voices.get(loss.message) },
    ),
    callback: told.calledBack && { ...told.calledBack, over: overBy(end) },
  }
}

/** Whoever still waited as it ended, for a person or for another one, was not served by it. */
function overBy(end: Gathered['end']) {
  if (!end) return undefined
  if (waits.includes(end.place?.at ?? '')) return 'missed'
  return end.fact.by === 'failure' ? 'cut-off' : 'parted'
}

function gather(told: Gathered, fact: CallFact, atMs: number) {
  const place = told.place
  told.place = placeAfter(place, fact)
  switch (fact.kind) {
    case 'invited':
      told.invited = { fact, atMs }
      return
    case 'flow':
      told.language = fact.language ?? told.language
      told.isElder ||= fact.flow === 'elder'
      // A recording lasts until the flow goes on.
      told.speaks = undefined
      return
    case 'queued':
      told.hasQueued = true
      told.hasLostPerson ||= told.reached
      told.reached = false
      return
    case 'left-queue':
      told.wasFull ||= fact.reason === 'full'
      told.hasFailed ||= fact.reason === 'failed'
      return
    case 'connected':
    case 'transferred':
      told.reached = true
      told.hasLostPerson = false
      return
    case 'failure':
      told.hasFailed ||= failures.has(fact.what)
      return
    case 'called-back':
      told.calledBack = { id: fact.callback, seat: fact.seat, metAtMs: atMs }
      // Until the two hear each other they wait for the seat.
      if (!told.reached) told.place = { at: 'offered' }
      told.hasQueued = true
      return
    case 'cut':
      told.cutAt = fact.at
      return
    case 'gave-number':
      told.given = fact.number
      // They keyed another number for a promised callback: the promise holds for it, even if they hang up before
      // the next prompt.
      told.promises = told.promises.map((promise, index, all) =>
        index === all.length - 1 ? { ...promise, number: fact.number } : promise,
      )
      return
    case 'recording':
      told.speaks = fact.path
      return
    case 'recorded':
      if (fact.hasVoice !== undefined) told.voices.set(fact.path, fact.hasVoice)
      return
    case 'promised': {
      const { number, message, dueAtMs: toldAtMs } = fact
      const reason = message ? 'message' : told.wasFull ? 'queue-full' : told.hasFailed ? 'failed' : 'asked'
      told.speaks = undefined
      told.promises.push({ reason, atMs, number, message, toldAtMs })
      return
    }
    case 'told-time':
      told.promises = told.promises.map(promise => ({ ...promise, toldAtMs: fact.dueAtMs }))
      return
    case 'ended':
      told.end ??= { fact, atMs, place }
  }
}

const isOurFault = (reason: string) => reason === 'process-died' || reason === 'worker-died'

/** The loss shown by a call's end; undefined if the caller was served, or hung up before long. */
function lossAtEnd(
  told: Gathered,
  { fact, atMs, place }: NonNullable<Gathered['end']>,
  isLong: boolean,
): StoryLoss | undefined {
  // A number belonging to a promise is already in that promise.
  const number = told.promises.length > 0 ? undefined : told.given
  const at = told.cutAt ?? place?.at ?? 'ringing'
  const message = told.speaks
  const isCut =
    ((fact.by === 'failure' || told.cutAt !== undefined) &&
      (waits.includes(at) || talks.includes(at) || message !== undefined)) ||
    ((fact.by === 'us' || told.hasLostPerson) && waits.includes(at))
  if (isCut) return { reason: 'cut-off', atMs, number, message }
  if (told.reached) return undefined
  if (message !== undefined) return { reason: 'message', atMs, number, message }
  // They were told what to expect, and the callback is already owed.
  if (told.promises.length > 0) return undefined
  // They were on their way to a person or an answer, and the failure was ours.
  if (at === 'flow' && (told.cutAt !== undefined || isOurFault(fact.reason)))
    return { reason: 'cut-off', atMs, number }
  if (told.wasFull) return { reason: 'queue-full', atMs, number }
  if (told.hasFailed) return { reason: 'failed', atMs, number }
  if (told.hasQueued && isLong) return { reason: 'gave-up', atMs, number }
  return number === undefined ? undefined : { reason: 'asked', atMs, number }
}
