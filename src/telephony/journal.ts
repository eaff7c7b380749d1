import type { CallFact } from './api.ts'
import type { CallId } from './call.ts'

/** A fact and when it was written: wall time, ms since 1970, with microseconds where two fall together. */
export type TimedFact = { readonly atMs: number; readonly fact: CallFact }

/**
 * Where facts about calls are written as they happen. Writing never waits and never throws: a database that is away
 * costs a call nothing; facts are kept in memory, bounded, until it is back.
 */
export type Journal = {
  write(call: CallId, fact: CallFact): void
}

/** A journal that others read along. */
export const readAlong = (journal: Journal, readers: readonly Journal[]): Journal => ({
  write(call, fact) {
    for (const reader of readers) reader.write(call, fact)
    journal.write(call, fact)
  },
})
