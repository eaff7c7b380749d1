import { systemClock } from '../../src/foundation/index.ts'
import { percentile, type Row } from './row.ts'

const asks = 60
const pageMs = 100

/** Asks so many times, after three that warm up, and notes what it took. */
export type Timing = (
  what: string,
  ask: (at: number) => Promise<unknown>,
  times?: number,
  promisedMs?: number,
) => Promise<void>

export const timing =
  (rows: Row[], count: number): Timing =>
  async (what, ask, times = asks, promisedMs = pageMs) => {
    const tookMs: number[] = []
    for (let at = 0; at < times + 3; at++) {
      const beganMs = systemClock.monotonicMs()
      await ask(at)
      if (at >= 3) tookMs.push(systemClock.monotonicMs() - beganMs)
    }
    rows.push({
      what: `orders, ${count.toLocaleString('en')}: ${what}`,
      figure: `p50 ${percentile(tookMs, 0.5)} ms, p95 ${percentile(tookMs, 0.95)} ms`,
      target: `p95 below ${promisedMs} ms`,
      method: `${times} times, one after the other, PostgreSQL with its own settings on this machine`,
    })
    process.stderr.write(`${rows.at(-1)?.what}: ${rows.at(-1)?.figure}\n`)
  }
