import type { cutPlaces } from '../telephony/api.ts'
import { type CallerPlace, type CallFact, placeAfter, type TimedFact } from '../telephony/index.ts'
import type { CallbackReason } from './api.ts'

/** What a call came to for whoever rang, as its facts tell it. */
export type CallStory = {
  /** Whom a callback would ring: the caller of a call that came in, whom we rang otherwise; empty when withheld. */
  readonly number: string
  /** Whether somebody whom we trust says that this number is theirs. */
  readonly isProved: boolean
  readonly called: string
  readonly invitedAtMs: number
  readonly language: string
  readonly isElder: boolean
  /** They talked with a person, and were not cut off. */
  readonly isServed: boolean
  readonly losses: readonly StoryLoss[]
  /** The callback that this call was, once they met. */
  readonly callback?: {
    readonly id: string
    /** The one that they talked to last. */
    readonly seat: string
    readonly metAtMs: number
    readonly over?: 'parted' | 'cut-off'
  }
}

export type StoryLoss = {
  readonly reason: CallbackReason
  readonly atMs: number
  /** The number that they gave, where it is another; as they keyed it. */
  readonly number?: string
  readonly message?: string
  /** By when they were told that they would be rung. */
  readonly toldAtMs?: number
  /** Whether somebody speaks in it; not known while it is recorded, or where the process died. */
  readonly hasVoice?: boolean
}

type Invited = Extract<CallFact, { kind: 'invited' }>

/** All that is gathered on the way through the facts. */
type Gathered = {
  invited?: { readonly fact: Invited; readonly atMs: number }
  place?: CallerPlace | undefined
  /** Where they were when the house stopped, or died. */
  cutAt?: (typeof cutPlaces)[number]
  language?: string
  isElder: boolean
  hasQueued: boolean
  wasFull: boolean
  hasFailed: boolean
  reached: boolean
  /** Where the recording lies that they leave words on. */
  speaks?: string | undefined
  /** Where they asked to be called, before anything was promised for it. */
  given?: string
  /** Recordings that are over, and whether somebody speaks in them. */
  readonly voices: Map<string, boolean>
  promises: StoryLoss[]
  calledBack?: { readonly id: string; readonly seat: string; readonly metAtMs: number }
  end?: {
    readonly fact: Extract<CallFact, { kind: 'ended' }>
    readonly atMs: number
    readonly place?: CallerPlace
  }
}

/** Parts of a flow without which somebody is not served; words that were not recorded are no message. */
const failures: ReadonlySet<string> = new Set(['flow', 'queue', 'record'])
const waits: readonly string[] = ['queue', 'offered']
const talks: readonly string[] = ['talking', 'held', 'outside', 'message']

/**
 * Reads a call by its facts. Undefined before its INVITE is known. A call that goes on has the losses that it was
 * promised a callback for; one that is over has those, too, that show by its end.
 */
export function storyOf(facts: readonly TimedFact[], abandonedMs: number): CallStory | undefined {
  const told: Gathered = {
    isElder: false,
    hasQueued: false,
    wasFull: false,
    hasFailed: false,
    reached: false,
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

const overBy = (end: Gathered['end']) => end && (end.fact.by === 'failure' ? 'cut-off' : 'parted')

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
      // Words are recorded until the flow goes on.
      told.speaks = undefined
      return
    case 'queued':
      told.hasQueued = true
      return
    case 'left-queue':
      told.wasFull ||= fact.reason === 'full'
      told.hasFailed ||= fact.reason === 'failed'
      return
    case 'connected':
    case 'transferred':
      told.reached = true
      return
    case 'failure':
      told.hasFailed ||= failures.has(fact.what)
      return
    case 'called-back':
      told.calledBack = { id: fact.callback, seat: fact.seat, metAtMs: atMs }
      return
    case 'cut':
      told.cutAt = fact.at
      return
    case 'gave-number':
      told.given = fact.number
      // They were promised a call, and keyed another number for it: hanging up before the next word takes nothing of that.
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

/** What the end of a call shows; undefined for whoever was served, or left by their own hand before it was long. */
function lossAtEnd(
  told: Gathered,
  { fact, atMs, place }: NonNullable<Gathered['end']>,
  isLong: boolean,
): StoryLoss | undefined {
  // What was promised has its own.
  const number = told.promises.length > 0 ? undefined : told.given
  const at = told.cutAt ?? place?.at ?? 'ringing'
  const message = told.speaks
  const isCut =
    ((fact.by === 'failure' || told.cutAt !== undefined) &&
      (waits.includes(at) || talks.includes(at) || message !== undefined)) ||
    (fact.by === 'us' && waits.includes(at))
  if (isCut) return { reason: 'cut-off', atMs, number, message }
  if (told.reached) return undefined
  if (message !== undefined) return { reason: 'message', atMs, number, message }
  // They were told what to expect, and it is owed already.
  if (told.promises.length > 0) return undefined
  // They were on their way to a person, or to an answer, and the fault is ours.
  if (at === 'flow' && (told.cutAt !== undefined || isOurFault(fact.reason)))
    return { reason: 'cut-off', atMs, number }
  if (told.wasFull) return { reason: 'queue-full', atMs, number }
  if (told.hasFailed) return { reason: 'failed', atMs, number }
  if (told.hasQueued && isLong) return { reason: 'gave-up', atMs, number }
  return number === undefined ? undefined : { reason: 'asked', atMs, number }
}
