import { type Cancel, type Clock, errorText, type Log } from '../foundation/index.ts'
import type { Database } from './database.ts'
import { mustWait, whyOf } from './faults.ts'
import { type Migration, migrate, refuseNewer } from './migrate.ts'

const retryMs = 5_000

type TableDependencies = {
  readonly tables: readonly Migration[]
  /** The version of this build, which an older one names when it finds these tables. */
  readonly build: string
  /** What else stands in the database, made once the tables are. */
  readonly prepare: () => Promise<void>
  readonly clock: Clock
  readonly log: Log
  /** Told, for a person, why there is no database yet. */
  readonly print?: (text: string) => void
}

/**
 * Brings the tables, and what else stands in the database, up to date. With the database away calls are taken all the
 * same, and it is tried again until it is back.
 * @returns what ends the trying.
 * @throws Fault when the database is there and will not have the tables, `database-newer` and `boss-changed` among them
 */
export async function keepTables(
  database: Database,
  { tables, build, prepare, clock, log, print = () => undefined }: TableDependencies,
): Promise<() => void> {
  let stop: Cancel = () => undefined
  const attempt = async (isFirst: boolean) => {
    try {
      await refuseNewer(database, tables)
      await migrate(database, tables, build)
      await prepare()
    } catch (error) {
      if (!mustWait(error)) throw error
      if (isFirst)
        print(`数据库连不上，先照常接听 / no database, calls are taken all the same: ${errorText(error)}`)
      log.warn({ reason: whyOf(error) }, 'the tables wait for the database')
      stop = clock.after(retryMs, () => {
        attempt(false).catch(cause => log.error({ reason: whyOf(cause) }, 'the tables cannot be made'))
      })
    }
  }
  await attempt(true)
  return () => stop()
}
