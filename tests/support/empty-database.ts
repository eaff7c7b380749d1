import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, openDatabase, sql } from '../../src/storage/index.ts'

/** A new database has the tables of this build; this takes them away, as a database of an earlier build begins. */
export const withoutTables = (database: Pick<Database, 'execute'>) =>
  database.execute(
    sql.raw('drop schema if exists pgboss cascade; drop schema public cascade; create schema public'),
  )

/** PGlite in memory, with nothing in it. */
export async function openEmpty(): Promise<Database> {
  const database = await openDatabase({ clock: systemClock, log: silentLog })
  await withoutTables(database)
  return database
}
