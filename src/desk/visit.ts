import type { Call } from '../telephony/index.ts'
import type { TalkAbout } from './api.ts'

/**
 * `served`: they talked, and both legs are over. `abandoned`: the caller hung up first. `left`: the signal aborted.
 * `full`: the queue has no place. `failed`: the desk closes.
 */
export type QueueEnd = 'served' | 'abandoned' | 'left' | 'full' | 'failed'

/** What a caller may be told beside their place. */
export type PlaceNews = {
  /** An estimate, in whole minutes; absent where none helps, or where it is worse than one that was told before. */
  readonly waitMinutes?: number
  /** Wished skills that no seat that takes calls has: any free seat will answer. */
  readonly lacking: readonly string[]
}

export type QueueOptions = {
  /** Why they come, for the agent who answers. */
  readonly reason: string
  /** What they come about, where that is known. */
  readonly about?: TalkAbout
  /** Before everybody who was not put there: they came to the telephone because we rang. */
  readonly isFirst?: boolean
  /** Higher is served first; 0 when absent. */
  readonly priority?: number
  /** Any caller may ask for that priority by a key: it counts once they have waited for a while (`claimMs`). */
  readonly isClaimed?: boolean
  /** Stands this many points of priority further back, until the signal aborts. */
  readonly yields?: { readonly points: number; readonly until: AbortSignal }
  /** What the agent should be able to do, as `en` or `sign`; nothing special when absent. */
  readonly skills?: readonly string[]
  /**
   * Told when their place changes: from 1 on while they wait, a few times a second at most, and 0 the moment a seat
   * answered, when nothing may be played any more.
   */
  readonly onPlace?: (place: number, news: PlaceNews) => void
  /** Leaves the queue, unless they talk already. */
  readonly signal?: AbortSignal
}

/** A seat that would ring a citizen, and for which callback. */
export type KeptFor = { readonly seat: string; readonly callback: string }

/**
 * Where a citizen was whom a seat would ring: `kept` for it in the queue; with another seat; or elsewhere, in a
 * flow, and kept for it once they wait.
 */
export type KeptCaller =
  | { readonly kind: 'kept'; readonly end: Promise<QueueEnd> }
  | { readonly kind: 'with-another' | 'elsewhere' }

/** A caller's time at the desk. */
export type DeskVisit = {
  readonly call: Call
  readonly options: QueueOptions
  /** The INVITE that counts. */
  sinceMs: number
  /** When they came to the queue, ms since 1970. */
  readonly queuedMs: number
  /** Aborted when they hang up, leave, or are done. */
  readonly gone: AbortController
  readonly end: Promise<QueueEnd>
  readonly finish: (how: QueueEnd) => void
  phase: 'entering' | 'waiting' | 'talking' | 'gone'
  /** The seat that would ring them, and for which callback; they are offered to it first. */
  kept: KeptFor | undefined
  /** Their place as they were last told it. */
  place: number | undefined
  /** The first estimate that was told, and the lowest. */
  wait: { readonly atMs: number; readonly minutes: number; readonly least: number } | undefined
}

export function createVisit(call: Call, options: QueueOptions, sinceMs: number, queuedMs: number): DeskVisit {
  let finish: (how: QueueEnd) => void = () => undefined
  const end = new Promise<QueueEnd>(resolve => {
    finish = resolve
  })
  return {
    call,
    options,
    sinceMs,
    queuedMs,
    gone: new AbortController(),
    end,
    finish,
    phase: 'entering',
    kept: undefined,
    place: undefined,
    wait: undefined,
  }
}
