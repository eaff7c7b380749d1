import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Database } from '../storage/index.ts'
import type { EndedCaptions } from './captions.ts'
import {
  deleteExpired,
  deleteTranscript,
  insertTranscript,
  type KeptTranscript,
  selectTranscript,
} from './store.ts'

/** Transcripts of calls that are over: kept for as long as configured, and not a day longer. */
export type TranscriptKeeper = {
  /** Never waits and never throws: while the database is away transcripts wait in memory. */
  keep(ended: EndedCaptions): void
  /** @throws Fault from the database */
  find(call: string): Promise<KeptTranscript | undefined>
  /** @returns whether there was one. @throws Fault from the database */
  erase(call: string): Promise<boolean>
  /** Resolves when nothing waits, or the database did not take it. */
  flush(): Promise<void>
  close(): Promise<void>
}

export type KeeperOptions = {
  readonly database: Database
  /** 0: none is kept. */
  readonly days: number
  readonly clock: Clock
  readonly log: Log
  /** Told for each that is lost: too many waited. */
  readonly onLost: () => void
}

const retryMs = 5_000
const sweepMs = 60 * 60_000
const mostWaiting = 1_000
const dayMs = 24 * 60 * 60_000

export function createKeeper({ database, days, clock, log, onLost }: KeeperOptions): TranscriptKeeper {
  const waiting: EndedCaptions[] = []
  let writing: Promise<void> | undefined
  let stopRetry: Cancel | undefined
  let isClosed = false

  const writeAll = async () => {
    try {
      for (let next = waiting[0]; next; next = waiting[0]) {
        await insertTranscript(database, next, next.startedAtMs + days * dayMs)
        if (waiting[0] === next) waiting.shift()
      }
    } catch (error) {
      log.warn({ reason: reasonOf(error), transcripts: waiting.length }, 'transcripts wait for the database')
      if (!isClosed)
        stopRetry ??= clock.after(retryMs, () => {
          stopRetry = undefined
          void flush()
        })
    }
  }
  const flush = () => {
    writing ??= writeAll().finally(() => {
      writing = undefined
    })
    return writing
  }
  const sweep = () => {
    deleteExpired(database, clock.now()).catch(error =>
      log.warn({ reason: reasonOf(error) }, 'expired transcripts wait for the database'),
    )
    stopSweep = clock.after(sweepMs, sweep)
  }
  let stopSweep: Cancel = clock.after(0, sweep)

  return {
    keep(ended) {
      if (days === 0) return
      if (waiting.length >= mostWaiting) return onLost()
      waiting.push(ended)
      void flush()
    },
    async find(call) {
      await flush()
      return selectTranscript(database, call, clock.now())
    },
    async erase(call) {
      const at = waiting.findIndex(ended => ended.call === call)
      if (at >= 0) waiting.splice(at, 1)
      await writing
      return (await deleteTranscript(database, call)) > 0 || at >= 0
    },
    flush,
    async close() {
      isClosed = true
      stopSweep()
      stopRetry?.()
      await flush()
    },
  }
}
