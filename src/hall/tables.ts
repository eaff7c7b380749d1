import { callerMigrations } from '../callers/index.ts'
import { captionMigrations } from '../captions/index.ts'
import { deskMigrations } from '../desk/index.ts'
import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import { flowMigrations } from '../ivr/index.ts'
import type { Jobs, Queue } from '../jobs/index.ts'
import { orderMigrations, orderQueues } from '../orders/index.ts'
import { staffMigrations } from '../staff/index.ts'
import { type Database, type Migration, migrate } from '../storage/index.ts'
import { surveyMigrations, surveyQueues } from '../surveys/index.ts'
import { callMigrations, dialMigrations } from '../telephony/index.ts'

/** Every room's tables, in the order in which they came. */
export const tables: readonly Migration[] = [
  ...callMigrations,
  ...dialMigrations,
  ...callerMigrations,
  ...deskMigrations,
  ...flowMigrations,
  ...captionMigrations,
  ...staffMigrations,
  ...orderMigrations,
  ...surveyMigrations,
]

/** Every room's kinds of jobs. */
export const queues: readonly Queue<object>[] = [...orderQueues, ...surveyQueues]

const retryMs = 5_000

/**
 * Brings the tables and the queues of jobs up to date. With the database away calls are taken all the same, and it is tried again until it
 * is back.
 * @returns what ends the trying.
 * @throws Fault when the database is there and will not have the tables
 */
export async function keepTables(
  database: Database,
  { jobs, clock, log }: { readonly jobs: Pick<Jobs, 'prepare'>; readonly clock: Clock; readonly log: Log },
): Promise<() => void> {
  let stop: Cancel = () => undefined
  const attempt = async () => {
    try {
      await migrate(database, tables)
      await jobs.prepare()
    } catch (error) {
      const reason = reasonOf(error)
      if (reason !== 'database-away' && reason !== 'database-late') throw error
      log.warn({ reason }, 'the tables wait for the database')
      stop = clock.after(retryMs, () => {
        attempt().catch(cause => log.error({ reason: reasonOf(cause) }, 'the tables cannot be made'))
      })
    }
  }
  await attempt()
  return () => stop()
}
