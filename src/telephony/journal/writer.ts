import { z } from 'zod'
import { exampleCity } from '../../city/index.ts'
import type { Clock, Log } from '../../foundation/index.ts'
import {
  createWriteBehind,
  type Database,
  openSpill,
  type Queries,
  type SafePlace,
  type WriteBehindFigures,
} from '../../storage/index.ts'
import type { CallId } from '../call.ts'
import type { Journal } from '../journal.ts'
import { insertFacts, type JournalEntry } from './store.ts'
import { storedFactSchema } from './stored-fact.ts'

export type StoredJournal = Journal & {
  /** Facts that are not in the database and never will be, since start: it refused them, or there was no room. */
  dropped(): number
  /** Facts not written yet, in memory or on disk. */
  waiting(): number
  figures(): WriteBehindFigures
  /** Tries at once; resolves when nothing waits, or the database did not take it. */
  flush(): Promise<void>
  /** Whether the database has all that lay on the disk, from a process before this one, too: until then it may not know where callers were. */
  readBack(): Promise<boolean>
  /** Resolves once all facts of this call until now are safe, with where; undefined when some are nowhere. */
  safe(call: CallId): Promise<SafePlace>
  /** Writes what waits, if the database takes it, and nothing more from then on. */
  close(): Promise<void>
}

export type JournalOptions = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  /** The process whose calls these are. */
  readonly node?: string
  /** What counts as soon for whoever wants a person: by the standard when absent. */
  readonly soonMs?: number
  /** Where facts lie while the database is away; in memory alone when absent. */
  readonly spillFolder?: string
  /** Facts kept in memory: some hundred bytes each. */
  readonly mostWaiting?: number
  /** Another room that what is written concerns, in the same transaction. Given the same facts again it changes nothing. */
  readonly alongside?: Alongside
}

export type Alongside = (queries: Queries, entries: readonly JournalEntry[]) => Promise<void>

/** A fact that was spilled, and the process whose call it is: it may be another that reads it back. */
type Spilled = JournalEntry & { readonly node: string | undefined }

const spilled = z.object({
  call: z.string().transform(id => id as CallId),
  atUs: z.number(),
  fact: storedFactSchema,
  node: z.string().optional(),
})

/** Facts gather this long, so that a busy second costs a few transactions and not hundreds. */
const gatherMs = 100
const batchSize = 500

export function createJournal({
  database,
  clock,
  log,
  node,
  soonMs = exampleCity.soonSeconds * 1000,
  spillFolder: folder,
  mostWaiting = 100_000,
  alongside,
}: JournalOptions): StoredJournal {
  const parse = (found: unknown): Spilled => ({ node: undefined, ...spilled.parse(found) })
  const queue = createWriteBehind<Spilled>({
    name: 'journal',
    things: 'facts',
    write: entries =>
      database.transaction(async queries => {
        await insertFacts(queries, entries, soonMs)
        await alongside?.(queries, entries)
      }),
    idOf: ({ call, fact }) => `${call} ${fact.kind}`,
    spill: folder === undefined ? undefined : openSpill({ folder, name: 'journal', parse, log }),
    clock,
    log,
    batchSize,
    gatherMs,
    mostWaiting,
  })
  let lastUs = 0

  return {
    write(call, fact) {
      lastUs = Math.max(lastUs + 1, Math.round(clock.now() * 1000))
      queue.put({ call, atUs: lastUs, fact, node })
    },
    dropped() {
      const { refused, lost } = queue.figures()
      return refused + lost
    },
    waiting: () => queue.figures().waiting,
    figures: queue.figures,
    flush: queue.flush,
    async readBack() {
      if (queue.figures().spilled > 0) await queue.flush()
      return queue.figures().spilled === 0
    },
    safe: call => queue.safe(entry => entry.call === call),
    close: queue.close,
  }
}
