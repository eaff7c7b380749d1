import type { Clock } from './clock.ts'

/** For this long a result is shown as it was counted. */
const freshMs = 60_000
/** Up to this age an older result is still shown while it is counted again; after that, callers wait. */
const staleMs = 10 * freshMs
/** The most results that are kept. */
const mostKept = 100

type Kept<Value> = { readonly value: Value; readonly atMs: number }

/**
 * Keeps figures over so many rows that counting them takes seconds: they are counted once a minute, however many ask.
 * Figures over few rows are counted at each request.
 * @param isMuch whether a result is over so many rows that it is worth keeping
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
    // If this count fails, the next request counts again and reports its own failure.
    counted.catch(() => undefined)
    return last.value
  }
}
