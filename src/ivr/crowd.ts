import type { CallFact, CallId, Journal } from '../telephony/index.ts'

/** The number of calls now in each state, by flow and then by state. */
export type Crowd = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Knows which state of a flow each call is in, also while it waits in the queue. It reads the journal as it is written. */
export type FlowCrowd = {
  /** Wraps a journal so that its facts are counted here as well. */
  follow(journal: Journal): Journal
  count(): Crowd
}

export function createFlowCrowd(): FlowCrowd {
  const places = new Map<CallId, { readonly flow: string; readonly state: string }>()
  const read = (call: CallId, fact: CallFact) => {
    if (fact.kind === 'flow' && fact.state !== undefined)
      places.set(call, { flow: fact.flow, state: fact.state })
    // A call that reached a person, or is over, is in no state any more.
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
