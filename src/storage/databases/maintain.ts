import { sql } from 'drizzle-orm/sql'
import { z } from 'zod'
import type { Cancel, Clock, Log } from '../../foundation/index.ts'
import { reasonOf } from '../../foundation/index.ts'
import type { Queries } from '../database.ts'

/** How often to look for tables that changed. PGlite lacks PostgreSQL's autovacuum, which looks every minute. */
const everyMs = 5 * 60_000

/** A table is vacuumed after at least this many rows, and this share of them (`autovacuum_vacuum_scale_factor`), changed. */
const leastRows = 500
const leastPart = 0.1

const tableRow = z.object({ name: z.string() })

/** Vacuums and analyzes the tables that changed, one at a time. @returns how many */
export async function maintainTables(queries: Queries): Promise<number> {
  const tables = await queries.query(
    sql`select quote_ident(schemaname) || '.' || quote_ident(relname) as name from pg_stat_user_tables
      where greatest(n_dead_tup, n_mod_since_analyze) > ${leastRows}::float8 + ${leastPart}::float8 * n_live_tup`,
    tableRow,
  )
  for (const { name } of tables) await queries.execute(sql.raw(`vacuum (analyze) ${name}`))
  return tables.length
}

export function keepMaintained(queries: Queries, clock: Clock, log: Log): Cancel {
  let stop: Cancel = () => undefined
  let closed = false
  const arm = () => {
    stop = clock.after(everyMs, () => {
      maintainTables(queries)
        .catch(error => log.warn({ reason: reasonOf(error) }, 'tables were not maintained'))
        .finally(() => {
          if (!closed) arm()
        })
    })
  }
  arm()
  return () => {
    closed = true
    stop()
  }
}
