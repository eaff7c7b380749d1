import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { Fault } from '../foundation/index.ts'
import type { Database, Queries } from './database.ts'

/** A change of tables: a script, run once a database. Once shipped it is never edited; the next change is the next one. */
export type Migration = {
  /** Unique in the house: the room, a number, what it brings; `desk-1-seats`. */
  readonly name: string
  readonly sql: string
}

/** A script over large tables is no statement of a call: it may take its time. */
const deadlineMs = 10 * 60_000

/** Any number that no one else locks; held by whoever migrates, so that of two nodes that start at once one waits. */
const lockKey = 12345_001

/**
 * Runs what this database has not had yet, in order, each in its own transaction.
 * @throws Fault `migration-changed` for one that ran with another text, and what the database refuses.
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  await alone(database, queries =>
    queries.execute(sql`create table if not exists migrations (
      name text primary key,
      hash text not null,
      applied_at timestamptz not null default now())`),
  )
  for (const migration of migrations) await alone(database, queries => apply(queries, migration))
}

const alone = (database: Database, work: (queries: Queries) => Promise<unknown>) =>
  database.transaction(async queries => {
    await queries.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
    await work(queries)
  }, deadlineMs)

async function apply(queries: Queries, { name, sql: script }: Migration): Promise<void> {
  const hash = createHash('sha256').update(script).digest('hex')
  const [applied] = await queries.query(
    sql`select hash from migrations where name = ${name}`,
    z.object({ hash: z.string() }),
  )
  if (applied?.hash === hash) return
  if (applied)
    throw new Fault({
      code: 'migration-changed',
      place: name,
      found: 'another text than the one this database has had',
      expected: 'that text; a further change is a further migration',
    })
  await queries.execute(sql.raw(script))
  await queries.execute(sql`insert into migrations (name, hash) values (${name}, ${hash})`)
}
