import { type Clock, Fault, type Log, reasonOf } from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import type { Journal } from '../journal.ts'
import { type Entry, insertFacts } from './store.ts'

export type StoredJournal = Journal & {
  /** Facts that were lost, since start: the database was away for too long, or refused them. */
  dropped(): number
  /** Facts in memory, not written yet. */
  waiting(): number
  /** Tries at once; resolves when nothing waits, or the database did not take it. */
  flush(): Promise<void>
  /** Writes what waits, if the database takes it, and nothing more from then on. */
  close(): Promise<void>
}

export type JournalOptions = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The process whose calls these are. */
  readonly life?: string
  /** Facts kept while the database is away: some hundred bytes each. */
  readonly mostWaiting?: number
}

/** Facts gather this long, so that a busy second costs a few transactions and not hundreds. */
const gatherMs = 100
const retryMs = 1_000
const batchSize = 500

export function createJournal({
  database,
  clock,
  log,
  life,
  mostWaiting = 100_000,
}: JournalOptions): StoredJournal {
  const waiting: Entry[] = []
  let dropped = 0
  let lastUs = 0
  let closed = false
  let flushing: Promise<void> | undefined
  let stopTimer: (() => void) | undefined

  const drop = (facts: number, reason: string) => {
    if (dropped === 0) log.error({ reason }, 'journal loses facts')
    dropped += facts
  }

  const writeBatch = async (batch: readonly Entry[]): Promise<void> => {
    try {
      await database.transaction(queries => insertFacts(queries, batch, life))
    } catch (error) {
      const refused = error instanceof Fault && error.code === 'statement-refused'
      if (!refused) throw error
      // One fact that no table takes must not hold up the others for ever.
      if (batch.length === 1) return drop(1, 'refused')
      for (const entry of batch) await writeBatch([entry])
    }
  }

  const writeAll = async () => {
    try {
      while (waiting.length > 0) {
        const batch = waiting.slice(0, batchSize)
        await writeBatch(batch)
        waiting.splice(0, batch.length)
      }
    } catch (error) {
      log.warn({ reason: reasonOf(error), facts: waiting.length }, 'journal waits for the database')
      if (!closed) arm(retryMs)
    }
  }

  const flush = () => {
    stopTimer?.()
    stopTimer = undefined
    flushing ??= writeAll().finally(() => {
      flushing = undefined
    })
    return flushing
  }

  const arm = (delayMs: number) => {
    stopTimer ??= clock.after(delayMs, () => {
      stopTimer = undefined
      void flush()
    })
  }

  return {
    write(call, fact) {
      if (closed || waiting.length >= mostWaiting) return drop(1, closed ? 'closed' : 'full')
      lastUs = Math.max(lastUs + 1, Math.round(clock.now() * 1000))
      waiting.push({ call, atUs: lastUs, fact })
      if (!flushing) arm(gatherMs)
    },
    dropped: () => dropped,
    waiting: () => waiting.length,
    flush,
    async close() {
      closed = true
      await flush()
      if (waiting.length > 0) drop(waiting.length, 'closed')
    },
  }
}
