import { LRUCache } from 'lru-cache'

/**
 * Counts failed tries and decides how long to wait. A try counts as failed until it succeeds, so that parallel tries cannot
 * get around the limit.
 */
export type Attempts = {
  /** Milliseconds until the next try is allowed; 0 for now. */
  waitMs(key: string, nowMs: number): number
  note(key: string, nowMs: number): void
  /** Takes back one try that succeeded; earlier failed ones still count. */
  takeBack(key: string): void
  forget(key: string): void
}

const longestWaitMs = 15 * 60_000
const rememberMs = 60 * 60_000
const mostKeys = 10_000

/** @param free failed tries before waiting starts: 1 s, then twice as long each time, up to 15 minutes */
export function createAttempts(free: number): Attempts {
  /** The oldest failures are dropped first; merely asking does not refresh an entry. */
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
