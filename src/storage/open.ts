import type { Clock, Log } from '../foundation/index.ts'
import type { Database } from './database.ts'
import { openEmbedded } from './databases/embedded.ts'
import { openPostgres } from './databases/postgres.ts'

type Options = {
  /** A PostgreSQL server (`postgres://…`); PGlite when absent. */
  readonly url?: string
  /** Where PGlite keeps its files; in memory when absent. */
  readonly dataDir?: string
  readonly clock: Clock
  readonly log: Log
}

/** @throws Fault `data-dir-locked` when another process has `dataDir`; a PostgreSQL that is away is no error yet. */
export async function openDatabase({ url, ...rest }: Options): Promise<Database> {
  return url === undefined ? openEmbedded(rest) : openPostgres({ url, ...rest })
}
