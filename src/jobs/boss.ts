import PgBoss from 'pg-boss'
import { z } from 'zod'
import type { Clock } from '../foundation/index.ts'
import { type Database, type Queries, type SQL, sql } from '../storage/index.ts'
import { anyActive, anyUnfinished, byAge, itsTime } from './fit.ts'

/** Failed jobs can still be looked up a month later. A waiting job survives however long the product is stopped. */
const keepFailedS = 30 * 24 * 3600
const keepWaitingDays = 3650

/** Archiving may have to move a whole day's jobs in one statement. */
const sweepDeadlineMs = 60_000

/** pg-boss without its own pool, polling and timers: it writes the SQL, and we decide on which connection and when it runs. */
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
 * Adapts our database for pg-boss, and changes two things in its SQL. `now()` becomes our clock's time, at the end of the
 * current millisecond so that a job due now counts as due; otherwise jobs and the code that computes their dates would
 * follow different clocks, and scenarios could not move time. And the job that fell due first is claimed first: pg-boss
 * orders by age, which sorts every due job at each claim (0.5 s with 100,000 due), while its index is by date.
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

/** The same outside a transaction. pg-boss's scripts contain BEGIN and COMMIT; they run in a transaction of ours instead. */
export function askedOf(database: Database, clock: Clock): PgBoss.Db {
  return {
    executeSql: (text, values) =>
      isScript(text)
        ? database.transaction(tx => askedAt(tx, clock).executeSql(text, values), sweepDeadlineMs)
        : askedAt(database, clock).executeSql(text, values),
  }
}

/** Claims jobs. pg-boss reports an error as "no jobs found", so that work would stop silently; this throws it. */
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

/** One try at a job, identified as it was claimed. */
export type ClaimedTry = Pick<PgBoss.JobWithMetadata, 'id' | 'name' | 'retryCount'>

/**
 * Restricts statements that end a job to this try. Without it a slow node, whose job was meanwhile given to another
 * node, would end that node's try, or cause the job to run a third time.
 */
export function askedOfTry(asked: PgBoss.Db, { retryCount }: ClaimedTry): PgBoss.Db {
  const ours = `AND state = 'active' AND retry_count = ${retryCount}`
  return {
    executeSql: (text, values) =>
      asked.executeSql(text.replace(anyActive, ours).replace(anyUnfinished, ours), values),
  }
}

/** Makes the current try the last one: when it fails, pg-boss keeps the job as failed for a month. */
export const tryNoMore = (queries: Queries, { id, retryCount }: ClaimedTry): Promise<number> =>
  queries.execute(
    sql`update pgboss.job set retry_limit = retry_count where id = ${id}::uuid and retry_count = ${retryCount}`,
  )

/** For creating tables, where `now()` in a column default must stay as it is. */
export const askedPlainly = (queries: Queries): PgBoss.Db => ({
  executeSql: (text, values) => run(queries, text, values),
})

/** pg-boss interprets its own rows. */
const anyRow = z.unknown()

const isScript = (text: string) => /^\s*BEGIN;/.test(text)

async function run(queries: Queries, text: string, values: readonly unknown[] = []) {
  const script = isScript(text) ? text.replace(/^\s*BEGIN;/, '').replace(/COMMIT;\s*$/, '') : text
  return { rows: [...(await queries.query(statementOf(script, values), anyRow))] }
}

/** Turns `$1` into our parameters. A text without values may be a script of several statements and is sent unchanged. */
function statementOf(text: string, values: readonly unknown[]): SQL {
  if (values.length === 0) return sql.raw(text)
  const parts = text.split(/\$(\d+)/)
  return sql.join(
    parts.map((part, index) =>
      index % 2 === 0 ? sql.raw(part) : sql.param(values[Number(part) - 1] ?? null),
    ),
  )
}
