import { LRUCache } from 'lru-cache'

/**
 * How often somebody was wrong, and how long they wait for that. A try counts as wrong until it has proved right, so
 * that many at once are no way round.
 */
export type Attempts = {
  /** Ms until one may try again; 0: now. */
  waitMs(key: string, nowMs: number): number
  note(key: string, nowMs: number): void
  /** One try proved right; the others before it stay wrong. */
  takeBack(key: string): void
  forget(key: string): void
}

const longestWaitMs = 15 * 60_000
const rememberMs = 60 * 60_000
const mostKeys = 10_000

/** @param free how many may be wrong before waiting begins: 1 s, then twice as long each time, up to a quarter of an hour. */
export function createAttempts(free: number): Attempts {
  /** Whoever was wrong last is the last to be forgotten; who only asks is not. */
  const wrong = new LRUCache<string, { readonly count: number; readonly atMs: number }>({ max: mostKeys })
  const recent = (key: string, nowMs: number) => {
    const found = wrong.peek(key)
    return found && nowMs - found.atMs < rememberMs ? found : undefined
  }
  return {
    waitMs(key, nowMs) {
      const found = recent(key, nowMs)
      if (!found || found.count < free) return 0
      const wait = Math.min(longestWaitMs, 1000 * 2 ** (found.count - free))
      return Math.max(0, found.atMs + wait - nowMs)
    },
    note(key, nowMs) {
      const count = (recent(key, nowMs)?.count ?? 0) + 1
      wrong.set(key, { count, atMs: nowMs })
    },
    takeBack(key) {
      const found = wrong.peek(key)
      if (found) wrong.set(key, { ...found, count: found.count - 1 })
    },
    forget: key => void wrong.delete(key),
  }
}
