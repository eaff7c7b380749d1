import type { Clock } from '../foundation/index.ts'
import { type Call, type CallId, type Journal, provedCaller } from '../telephony/index.ts'
import type { Redials } from './redials.ts'
import { createVisit, type DeskVisit, type QueueEnd, type QueueOptions } from './visit.ts'
import type { WaitEstimate } from './wait-estimate.ts'

export type VisitsOptions = {
  readonly clock: Clock
  readonly journal: Journal
  readonly redials: Redials
  readonly estimate: WaitEstimate
  /** The number of waiting callers may have changed. */
  readonly onChange: () => void
}

/** Who is at the desk, in which phase, and how their visits end. */
export type Visits = {
  find(call: CallId): DeskVisit | undefined
  all(): readonly DeskVisit[]
  begin(call: Call, options: QueueOptions): DeskVisit
  isHere(visit: DeskVisit): boolean
  /** Exchanges the INVITEs that count. */
  swap(one: DeskVisit, other: DeskVisit): void
  /** How many callers wait. */
  waiting(): number
  setPhase(visit: DeskVisit, phase: DeskVisit['phase']): void
  /** Ends a visit; does nothing once it has ended. */
  finish(visit: DeskVisit, how: QueueEnd): void
  /** Refuses a caller who has no visit. */
  refuse(call: Call, how: QueueEnd): Promise<QueueEnd>
  /** How the visit ends for a caller who is no longer here. */
  howGone(visit: DeskVisit): QueueEnd
  figures(): {
    readonly waiting: number
    readonly waitingSinceMs: number | undefined
    readonly ends: Readonly<Record<QueueEnd, number>>
  }
  /** From now on visits end as `failed`, because the desk closes. */
  close(): void
}

export const isWaiting = ({ phase }: DeskVisit) => phase === 'waiting'

export function createVisits({ clock, journal, redials, estimate, onChange }: VisitsOptions): Visits {
  const visits = new Map<CallId, DeskVisit>()
  const ends: Record<QueueEnd, number> = { served: 0, abandoned: 0, left: 0, full: 0, failed: 0 }
  /** The INVITE that counts, for callers who may come back to the queue in the same call. */
  const since = new WeakMap<Call, number>()
  /** Callers who left the queue by a key, and are not back in it. */
  const elsewhere = new Set<Call>()
  let waiting = 0
  let isClosed = false

  const sinceOf = (call: Call) => {
    const sinceMs = since.get(call) ?? redials.claim(provedCaller(call)) ?? call.invitedAtMs
    since.set(call, sinceMs)
    return sinceMs
  }

  const keepPlace = (call: Call, sinceMs: number) =>
    redials.lost({ number: provedCaller(call), sinceMs, lostAtMs: clock.now() })

  /** Whoever asked to be called keeps their place for that, and has it on the line if they ring again. */
  function keepPlaceAtEnd({ call, sinceMs }: DeskVisit) {
    elsewhere.add(call)
    void call.ended.then(() => {
      if (elsewhere.delete(call)) keepPlace(call, sinceMs)
    })
  }

  function setPhase(visit: DeskVisit, phase: DeskVisit['phase']) {
    waiting += Number(phase === 'waiting') - Number(isWaiting(visit))
    visit.phase = phase
  }

  return {
    find: call => visits.get(call),
    all: () => [...visits.values()],
    begin(call, options) {
      elsewhere.delete(call)
      const visit = createVisit(call, options, sinceOf(call), clock.now())
      visits.set(call.id, visit)
      return visit
    },
    isHere: ({ call }) => visits.has(call.id),
    swap(one, other) {
      const mine = one.sinceMs
      one.sinceMs = other.sinceMs
      other.sinceMs = mine
      for (const { call, sinceMs } of [one, other]) since.set(call, sinceMs)
    },
    waiting: () => waiting,
    setPhase,
    finish(visit, how) {
      const { call, gone } = visit
      if (!visits.delete(call.id)) return
      setPhase(visit, 'gone')
      gone.abort(over)
      ends[how]++
      if (how !== 'served') journal.write(call.id, { kind: 'left-queue', reason: how })
      if (how === 'abandoned') {
        estimate.left('gave-up', clock.now() - visit.queuedMs)
        keepPlace(call, visit.sinceMs)
      }
      if (how === 'left') keepPlaceAtEnd(visit)
      visit.finish(how)
      onChange()
    },
    refuse(call, how) {
      ends[how]++
      journal.write(call.id, { kind: 'left-queue', reason: how })
      return Promise.resolve(how)
    },
    howGone: ({ call }) => (isClosed ? 'failed' : call.signal.aborted ? 'abandoned' : 'left'),
    figures: () => ({
      waiting,
      waitingSinceMs:
        waiting === 0
          ? undefined
          : Math.min(...[...visits.values()].filter(isWaiting).map(({ sinceMs }) => sinceMs)),
      ends: { ...ends },
    }),
    close() {
      isClosed = true
    },
  }
}

/** Why a visit's own signal aborts; making an error each time would be the most expensive part of a call. */
export const over = 'the visit is over'
