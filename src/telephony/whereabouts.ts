import type { CallerPlace, CallFact } from './api.ts'
import type { CallId } from './call.ts'
import type { Journal } from './journal.ts'

/** The place after a fact; undefined for one who is gone, or of whom nothing is known. */
export function placeAfter(place: CallerPlace | undefined, fact: CallFact): CallerPlace | undefined {
  switch (fact.kind) {
    case 'invited':
      return fact.direction === 'in' ? { at: 'ringing' } : undefined
    case 'flow':
      return { at: 'flow', flow: fact.flow, state: fact.state ?? '' }
    case 'queued':
      return { at: 'queue' }
    case 'offered':
      // Who is being moved is still on hold.
      return place?.at === 'held' ? place : { at: 'offered' }
    case 'offer-failed':
      return place?.at === 'offered' ? { at: 'queue' } : place
    case 'connected':
      return { at: 'talking' }
    case 'held':
      return { at: fact.held ? 'held' : 'talking' }
    case 'transferred':
      return { at: 'outside' }
    case 'ended':
      return undefined
    default:
      return place
  }
}

/** Reads the journal along, and knows where everybody is who is in the house now. */
export function createWhereabouts(): Journal & {
  count(): readonly { readonly place: CallerPlace; readonly calls: number }[]
} {
  /** Every call that is up; the legs to seats have no place. */
  const places = new Map<CallId, CallerPlace | undefined>()
  return {
    write(call, fact) {
      if (fact.kind === 'ended') places.delete(call)
      else if (fact.kind === 'invited' || places.has(call))
        places.set(call, placeAfter(places.get(call), fact))
    },
    count() {
      const counts = new Map<string, { readonly place: CallerPlace; calls: number }>()
      for (const place of places.values()) {
        if (!place) continue
        const key = place.at === 'flow' ? `${place.flow} ${place.state}` : place.at
        const found = counts.get(key) ?? { place, calls: 0 }
        found.calls++
        counts.set(key, found)
      }
      return [...counts.values()]
    },
  }
}
