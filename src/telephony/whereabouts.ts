import { type Clock, systemClock } from '../foundation/index.ts'
import type { CallerPlace, CallFact } from './api.ts'
import type { CallId } from './call.ts'
import { type Cut, cutAt, nowhere, type Trace, traceAfter } from './journal/cut.ts'
import type { Journal } from './journal.ts'

type Direction = 'in' | 'out'

/** A call that is up, and where it is. */
export type CallUp = {
  readonly id: CallId
  readonly line: string
  readonly direction: Direction
  /** Of who is on the other side of the house; empty when withheld. */
  readonly number: string
  readonly invitedAtMs: number
  readonly place: CallerPlace
  /** Since when it is at that place, ms since 1970. */
  readonly placeSinceMs: number
  /** The seat that rings for it, or talks. */
  readonly seat?: string
}
type Known = Omit<CallUp, 'place'> & { readonly trace: Trace }

/** Reads the journal along, and knows where everybody is who is in the house now. */
export function createWhereabouts(clock: Pick<Clock, 'now'> = systemClock): Journal & {
  of(call: CallId): CallerPlace | undefined
  /** Callers by place; of one direction alone, where it is named. */
  count(direction?: Direction): readonly { readonly place: CallerPlace; readonly calls: number }[]
  /** Every call that is up, the oldest first; the legs to seats are nobody's place. */
  calls(): readonly CallUp[]
  /** What is to be written of each call that is up, were it cut off now; the legs to seats are nobody's place. */
  cuts(): readonly { readonly call: CallId; readonly cut: Cut }[]
} {
  const known = new Map<CallId, Known>()
  return {
    write(call, fact) {
      if (fact.kind === 'ended') return void known.delete(call)
      const before = fact.kind === 'invited' ? beginningOf(call, fact, clock.now()) : known.get(call)
      if (before) known.set(call, after(before, fact, clock.now()))
    },
    of: call => known.get(call)?.trace.place,
    count(direction) {
      const counts = new Map<string, { readonly place: CallerPlace; calls: number }>()
      for (const { trace, direction: its } of known.values()) {
        const { place } = trace
        if (!place || (direction !== undefined && its !== direction)) continue
        const key = place.at === 'flow' ? `${place.flow} ${place.state}` : place.at
        const found = counts.get(key) ?? { place, calls: 0 }
        found.calls++
        counts.set(key, found)
      }
      return [...counts.values()]
    },
    calls: () =>
      [...known.values()].flatMap(({ trace: { place }, ...call }) => (place ? [{ ...call, place }] : [])),
    cuts: () =>
      [...known.values()].flatMap(({ id, trace }) => {
        const cut = cutAt(trace)
        return cut ? [{ call: id, cut }] : []
      }),
  }
}

const beginningOf = (
  id: CallId,
  { line, direction, caller, called }: Extract<CallFact, { kind: 'invited' }>,
  nowMs: number,
): Known => ({
  id,
  line,
  direction,
  number: direction === 'in' ? caller : called,
  invitedAtMs: nowMs,
  placeSinceMs: nowMs,
  trace: nowhere,
})

function after(before: Known, fact: CallFact, nowMs: number): Known {
  const trace = traceAfter(before.trace, fact)
  return {
    ...before,
    trace,
    placeSinceMs: trace.place === before.trace.place ? before.placeSinceMs : nowMs,
    seat: seatAfter(before.seat, fact),
  }
}

function seatAfter(seat: string | undefined, fact: CallFact): string | undefined {
  if (fact.kind === 'offered' || fact.kind === 'connected') return fact.seat
  return fact.kind === 'offer-failed' || fact.kind === 'queued' || fact.kind === 'flow' ? undefined : seat
}
