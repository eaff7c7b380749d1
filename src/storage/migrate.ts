import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm/sql'
import { z } from 'zod'
import { Fault } from '../foundation/index.ts'
import type { Database, Queries } from './database.ts'

/** A change of the tables: a script that runs once per database. Once shipped it is never edited; add another one instead. */
export type Migration = {
  /** Unique in the product: the room, a number and what it adds, such as `desk-1-seats`. */
  readonly name: string
  /**
   * Its name from before its room was renamed. A database that ran it under that name keeps the name, so that one can go
   * back to the previous build.
   */
  readonly formerly?: string
  readonly sql: string
}

/** A script may run over large tables, and no call waits for it. */
const deadlineMs = 10 * 60_000

/** Advisory lock, an arbitrary number, held while migrating: if two nodes start at once, one of them waits. */
const lockKey = 12345_001

/**
 * Runs the migrations that this database has not had yet, in order, each in its own transaction.
 * @param build the version that runs them, such as `0.1.0`, told to an older build that finds this database later
 * @throws Fault `migration-changed` if a migration ran with another text, and whatever the database refuses
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  build?: string,
): Promise<void> {
  await alone(database, queries =>
    queries.execute(
      sql.raw(`create table if not exists migrations (
        name text primary key,
        hash text not null,
        applied_at timestamptz not null default now());
      alter table migrations add column if not exists build text`),
    ),
  )
  // Ask once for all of them, so that a start with nothing to run does not wait for a transaction per migration.
  const applied = await hashesIn(database)
  for (const migration of migrations)
    if (!isIn(applied, migration)) await alone(database, queries => apply(queries, migration, build))
}

/**
 * Refuses a database that a newer build has changed, since this build would misread its tables.
 * @param migrations all migrations that this build knows
 * @throws Fault `database-newer`, naming the version that the database needs
 */
export async function refuseNewer(database: Database, migrations: readonly Migration[]): Promise<void> {
  const known = new Set(migrations.flatMap(({ name, formerly }) => [name, formerly ?? name]))
  const [table] = await database.query(
    sql`select exists (select from information_schema.columns
      where table_schema = current_schema() and table_name = 'migrations' and column_name = 'build') as there`,
    z.object({ there: z.boolean() }),
  )
  if (!table?.there) return
  const applied = await database.query(
    sql`select name, build from migrations order by applied_at`,
    z.object({ name: z.string(), build: z.string().nullable() }),
  )
  const unknown = applied.filter(({ name }) => !known.has(name))
  const last = unknown.at(-1)
  if (!last) return
  const version = last.build === null ? 'a newer version' : `version ${last.build}`
  throw new Fault({
    code: 'database-newer',
    place: 'database',
    found: `tables of ${version}, with ${unknown.map(({ name }) => name).join(', ')}, which this build does not know`,
    expected: `${version} of Jieting or a later one: start that one, or restore the copy of the database that was made before it`,
  })
}

const alone = (database: Database, work: (queries: Queries) => Promise<unknown>) =>
  database.transaction(async queries => {
    await queries.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
    await work(queries)
  }, deadlineMs)

/** The hash of each migration that this database has had, by name. */
async function hashesIn(queries: Queries): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.query(
    sql`select name, hash from migrations`,
    z.object({ name: z.string(), hash: z.string() }),
  )
  return new Map(rows.map(({ name, hash }) => [name, hash]))
}

/** @throws Fault `migration-changed` */
function isIn(
  applied: ReadonlyMap<string, string>,
  { name, formerly = name, sql: script }: Migration,
): boolean {
  const hash = applied.get(name) ?? applied.get(formerly)
  if (hash !== undefined && hash !== hashOf(script))
    throw new Fault({
      code: 'migration-changed',
      place: name,
      found: 'another text than the one this database has had',
      expected: 'that text; a further change is a further migration',
    })
  return hash !== undefined
}

async function apply(queries: Queries, migration: Migration, build: string | undefined): Promise<void> {
  // Another node may have run it in the meantime.
  if (isIn(await hashesIn(queries), migration)) return
  const { name, sql: script } = migration
  await queries.execute(sql.raw(script))
  await queries.execute(
    sql`insert into migrations (name, hash, build) values (${name}, ${hashOf(script)}, ${build ?? null})`,
  )
}

const hashOf = (script: string) => createHash('sha256').update(script).digest('hex')
