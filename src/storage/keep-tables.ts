import { type Cancel, type Clock, errorText, type Log } from '../foundation/index.ts'
import type { Database } from './database.ts'
import { mustWait, whyOf } from './faults.ts'
import { type Migration, migrate, refuseNewer } from './migrate.ts'

const retryMs = 5_000

type TableDependencies = {
  readonly tables: readonly Migration[]
  /** The version of this build. An older build that finds these tables names it in its refusal. */
  readonly build: string
  /** Prepares whatever else lives in the database, once the tables are made. */
  readonly prepare: () => Promise<void>
  readonly clock: Clock
  readonly log: Log
  /** Tells the operator why there is no database yet. */
  readonly print?: (text: string) => void
}

/**
 * Brings the tables, and whatever else lives in the database, up to date. While the database is away calls are still
 * taken, and this tries again until it is back.
 * @returns stops trying
 * @throws Fault if the database is there but refuses the tables, such as `database-newer` or `boss-changed`
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
