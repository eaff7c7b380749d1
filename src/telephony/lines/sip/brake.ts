import type { Clock } from '../../../foundation/index.ts'

const spanMs = 60_000
const mostKept = 10_000

export type Brake = {
  /** Seconds until this one is heard again; 0: now. */
  waitS(key: string): number
  /** It was wrong. */
  note(key: string): void
}

/** So much that is wrong in a minute, such as proofs of a password, and no more is looked at until it is over. */
export function createBrake(clock: Clock, most: number): Brake {
  const wrong = new Map<string, { readonly sinceMs: number; readonly count: number }>()
  const recent = (key: string) => {
    const found = wrong.get(key)
    return found && clock.monotonicMs() - found.sinceMs < spanMs ? found : undefined
  }
  return {
    waitS(key) {
      const found = recent(key)
      if (!found || found.count < most) return 0
      return Math.ceil((found.sinceMs + spanMs - clock.monotonicMs()) / 1000)
    },
    note(key) {
      const { sinceMs, count } = recent(key) ?? { sinceMs: clock.monotonicMs(), count: 0 }
      wrong.delete(key)
      wrong.set(key, { sinceMs, count: count + 1 })
      for (const oldest of wrong.keys()) if (wrong.size > mostKept) wrong.delete(oldest)
    },
  }
}
