import type { CallerPlace, CallFact } from './api.ts'

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
