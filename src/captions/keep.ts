import type { Clock, Log } from '../foundation/index.ts'
import { createWriteBehind, type Database, openSpill, type WriteBehindFigures } from '../storage/index.ts'
import type { EndedCaptions } from './captions.ts'
import { endedCaptions, insertTranscript, type KeptTranscript, selectTranscript } from './store.ts'

/** Transcripts of calls that are over: kept for as long as configured, and shown not a day longer. */
export type TranscriptKeeper = {
  /** Never waits and never throws: while the database is away transcripts wait. */
  keep(ended: EndedCaptions): void
  /** @throws Fault from the database */
  find(call: string): Promise<KeptTranscript | undefined>
  figures(): WriteBehindFigures
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
  /** Where transcripts lie while the database is away; in memory alone when absent. */
  readonly spillFolder?: string
}

const retryMs = 5_000
const mostWaiting = 1_000
const dayMs = 24 * 60 * 60_000

export function createKeeper({
  database,
  days,
  clock,
  log,
  spillFolder: folder,
}: KeeperOptions): TranscriptKeeper {
  const parse = (found: unknown) => endedCaptions.parse(found)
  const queue = createWriteBehind<EndedCaptions>({
    name: 'transcripts',
    things: 'transcripts',
    write: ([next]) =>
      next ? insertTranscript(database, next, next.startedAtMs + days * dayMs) : Promise.resolve(),
    idOf: ({ call }) => call,
    spill: folder === undefined ? undefined : openSpill({ folder, name: 'transcripts', parse, log }),
    clock,
    log,
    retryMs,
    mostWaiting,
  })
  return {
    keep(ended) {
      if (days > 0) queue.put(ended)
    },
    async find(call) {
      await queue.flush()
      return selectTranscript(database, call, clock.now())
    },
    figures: queue.figures,
    flush: queue.flush,
    async close() {
      await queue.close()
    },
  }
}
