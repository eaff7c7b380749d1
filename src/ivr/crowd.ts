import type { CallFact, CallId, Journal } from '../telephony/index.ts'

/** How many calls are in each state of each flow, now: by flow, then by state. */
export type Crowd = ReadonlyMap<string, ReadonlyMap<string, number>>

/** In which states of flows calls are, also while they wait in the queue that a state put them in; read from the journal as it is written. */
export type FlowCrowd = {
  /** The same journal, read along. */
  follow(journal: Journal): Journal
  count(): Crowd
}

export function createFlowCrowd(): FlowCrowd {
  const places = new Map<CallId, { readonly flow: string; readonly state: string }>()
  const read = (call: CallId, fact: CallFact) => {
    if (fact.kind === 'flow' && fact.state !== undefined)
      places.set(call, { flow: fact.flow, state: fact.state })
    // In a person's hands, or over: in no state of a flow any more.
    if (fact.kind === 'connected' || fact.kind === 'ended') places.delete(call)
  }
  return {
    follow: journal => ({
      write(call, fact) {
        read(call, fact)
        journal.write(call, fact)
      },
    }),
    count() {
      const crowd = new Map<string, Map<string, number>>()
      for (const { flow, state } of places.values()) {
        const states = crowd.get(flow) ?? new Map<string, number>()
        states.set(state, (states.get(state) ?? 0) + 1)
        crowd.set(flow, states)
      }
      return crowd
    },
  }
}
