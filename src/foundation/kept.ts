import type { Clock } from './clock.ts'

/** So long it is shown as it was counted. */
const freshMs = 60_000
/** So long it is shown once more while it is counted anew; whoever asks later waits. */
const staleMs = 10 * freshMs
/** Of so many questions the answers are kept. */
const mostKept = 100

type Kept<Value> = { readonly value: Value; readonly atMs: number }

/**
 * Figures that are made of so much that counting them takes seconds: counted once a minute, however many ask. What is made
 * of little is counted whenever it is asked for.
 * @param isMuch whether it is worth keeping
 */
export function keptFigures<Value>(clock: Pick<Clock, 'monotonicMs'>, isMuch: (value: Value) => boolean) {
  const kept = new Map<string, Kept<Value>>()
  const counting = new Map<string, Promise<Value>>()

  async function countAnew(key: string, count: () => Promise<Value>): Promise<Value> {
    try {
      const value = await count()
      kept.delete(key)
      if (isMuch(value)) kept.set(key, { value, atMs: clock.monotonicMs() })
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
      return value
    } finally {
      counting.delete(key)
    }
  }

  return async (key: string, count: () => Promise<Value>): Promise<Value> => {
    const last = kept.get(key)
    const ageMs = last ? clock.monotonicMs() - last.atMs : Number.POSITIVE_INFINITY
    if (last && ageMs < freshMs) return last.value
    const counted = counting.get(key) ?? countAnew(key, count)
    counting.set(key, counted)
    if (!last || ageMs >= staleMs) return counted
    // Whoever asks next is told that it failed, if it does so again.
    counted.catch(() => undefined)
    return last.value
  }
}
