import PgBoss from 'pg-boss'
import { z } from 'zod'
import type { Clock } from '../foundation/index.ts'
import { type Database, type Queries, type SQL, sql } from '../storage/index.ts'
import { anyActive, anyUnfinished, byAge, itsTime } from './fit.ts'

/** What fails or is lost must still be found a month later, and a job waits however long the house was closed. */
const keepFailedS = 30 * 24 * 3600
const keepWaitingDays = 3650

/** Archiving may sweep a day's jobs at once. */
const sweepDeadlineMs = 60_000

/** pg-boss without a pool, a poll or a timer of its own: it writes the SQL, and we say where, when and at what time. */
export function createBoss(db: PgBoss.Db): PgBoss {
  return new PgBoss({
    db,
    supervise: false,
    schedule: false,
    archiveFailedAfterSeconds: keepFailedS,
    retentionDays: keepWaitingDays,
  })
}

/**
 * Our database as pg-boss asks it. `now()` becomes the house's time, to the end of its millisecond so that what falls
 * due now is due: else a job and whoever computes its date would go by two clocks, and no scenario could move them.
 * What fell due first is claimed first: pg-boss's own order, by age, sorts all that are due at each claim (half a second
 * where 100,000 are), while its index has them by date.
 */
export function askedAt(queries: Queries, clock: Clock): PgBoss.Db {
  return {
    executeSql(text, values) {
      const timed = text.replaceAll(itsTime, `to_timestamp(${clock.now()}.999 / 1000)`)
      return run(queries, timed.replace(byAge, byDate), values)
    },
  }
}
const byDate = 'ORDER BY start_after'

/** The same outside of a transaction: pg-boss's scripts bring their own, which becomes one of ours. */
export function askedOf(database: Database, clock: Clock): PgBoss.Db {
  return {
    executeSql: (text, values) =>
      isScript(text)
        ? database.transaction(tx => askedAt(tx, clock).executeSql(text, values), sweepDeadlineMs)
        : askedAt(database, clock).executeSql(text, values),
  }
}

/** Claims jobs. pg-boss itself takes an error for having found none, and they would stop without a word. */
export async function fetchJobs(
  boss: PgBoss,
  asked: PgBoss.Db,
  queue: string,
  batchSize: number,
): Promise<readonly PgBoss.JobWithMetadata<object>[]> {
  let failed: { readonly error: unknown } | undefined
  const db: PgBoss.Db = {
    executeSql: (text, values) =>
      asked.executeSql(text, values).catch(error => {
        failed = { error }
        throw error
      }),
  }
  const found = await boss.fetch<object>(queue, { batchSize, includeMetadata: true, db })
  if (failed) throw failed.error
  return found
}

/** One try at a job, as it was claimed. */
export type ClaimedTry = Pick<PgBoss.JobWithMetadata, 'id' | 'name' | 'retryCount'>

/**
 * What ends this try and no other: a node that was slow, and whose job was taken back and given to another node, would
 * else end that one's try, or have the job done a third time.
 */
export function askedOfTry(asked: PgBoss.Db, { retryCount }: ClaimedTry): PgBoss.Db {
  const ours = `AND state = 'active' AND retry_count = ${retryCount}`
  return {
    executeSql: (text, values) =>
      asked.executeSql(text.replace(anyActive, ours).replace(anyUnfinished, ours), values),
  }
}

/** The try that fails next is the last: pg-boss keeps the job as failed, for a month. */
export const tryNoMore = (queries: Queries, { id, retryCount }: ClaimedTry): Promise<number> =>
  queries.execute(
    sql`update pgboss.job set retry_limit = retry_count where id = ${id}::uuid and retry_count = ${retryCount}`,
  )

/** For making tables, whose defaults say `now()` and mean it. */
export const askedPlainly = (queries: Queries): PgBoss.Db => ({
  executeSql: (text, values) => run(queries, text, values),
})

/** pg-boss reads its own rows. */
const anyRow = z.unknown()

const isScript = (text: string) => /^\s*BEGIN;/.test(text)

async function run(queries: Queries, text: string, values: readonly unknown[] = []) {
  const script = isScript(text) ? text.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '') : text
  return { rows: [...(await queries.query(statementOf(script, values), anyRow))] }
}

/** `$1` as parameters of ours; a text without values may be a script, and goes as it is. */
function statementOf(text: string, values: readonly unknown[]): SQL {
  if (values.length === 0) return sql.raw(text)
  const parts = text.split(/\$(\d+)/)
  return sql.join(
    parts.map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql.param(values[Number(part) - 1] ?? null),
    ),
  )
}
