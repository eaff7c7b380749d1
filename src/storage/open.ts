import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import type { Database } from './database.ts'
import { openEmbedded } from './databases/embedded.ts'
import { openPostgres } from './databases/postgres.ts'
import { awayFault } from './faults.ts'
import { remembering } from './remember.ts'

type Options = {
  /** URL of a PostgreSQL server (`postgres://…`); PGlite when absent. */
  readonly url?: string
  /** Where PGlite keeps its files; in memory when absent. */
  readonly dataDir?: string
  readonly clock: Clock
  readonly log: Log
}

/** @throws Fault `data-dir-locked` if another process uses `dataDir`. A database that is away is not an error here. */
export async function openDatabase({ url, ...rest }: Options): Promise<Database> {
  return remembering(url === undefined ? await openEmbedded(rest) : openPostgres({ url, ...rest }))
}

/**
 * The same for the running hotline, which takes calls even if its data folder can no longer be used: it then runs without a
 * database, and every statement is refused with the reason.
 * @throws Fault `data-dir-locked`, because two processes answering one number would each assume that it is alone
 */
export async function openDatabaseOrNone(options: Options): Promise<Database> {
  return openDatabase(options).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'data-dir-locked') throw error
    const found = error instanceof Fault ? error.found : reasonOf(error)
    const fault = awayFault(
      `no database in ${options.dataDir}: ${found}`,
      '',
      'a DATA_DIR that can be written',
    )
    options.log.error({ reason: fault.found }, 'no database')
    return noDatabase(fault)
  })
}

function noDatabase(fault: Fault): Database {
  const refuse = () => Promise.reject(fault)
  return {
    query: refuse,
    execute: refuse,
    notify: refuse,
    transaction: refuse,
    listen: async () => () => undefined,
    ping: refuse,
    close: async () => undefined,
  }
}
