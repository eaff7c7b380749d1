import type { CallerPlace } from './api.ts'
import type { CallId } from './call.ts'
import { type Cut, cutAt, nowhere, type Trace, traceAfter } from './journal/cut.ts'
import type { Journal } from './journal.ts'

/** Reads the journal along, and knows where everybody is who is in the house now. */
export function createWhereabouts(): Journal & {
  of(call: CallId): CallerPlace | undefined
  count(): readonly { readonly place: CallerPlace; readonly calls: number }[]
  /** What is to be written of each call that is up, were it cut off now; the legs to seats are nobody's place. */
  cuts(): readonly { readonly call: CallId; readonly cut: Cut }[]
} {
  const traces = new Map<CallId, Trace>()
  return {
    write(call, fact) {
      if (fact.kind === 'ended') traces.delete(call)
      else if (fact.kind === 'invited' || traces.has(call))
        traces.set(call, traceAfter(traces.get(call) ?? nowhere, fact))
    },
    of: call => traces.get(call)?.place,
    count() {
      const counts = new Map<string, { readonly place: CallerPlace; calls: number }>()
      for (const { place } of traces.values()) {
        if (!place) continue
        const key = place.at === 'flow' ? `${place.flow} ${place.state}` : place.at
        const found = counts.get(key) ?? { place, calls: 0 }
        found.calls++
        counts.set(key, found)
      }
      return [...counts.values()]
    },
    cuts: () =>
      [...traces].flatMap(([call, trace]) => {
        const cut = cutAt(trace)
        return cut ? [{ call, cut }] : []
      }),
  }
}
