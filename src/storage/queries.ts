import { PgDialect } from 'drizzle-orm/pg-core/dialect'
import { type SQL, sql } from 'drizzle-orm/sql'
import type { z } from 'zod'
import { Fault } from '../foundation/index.ts'
import type { Queries } from './database.ts'

/** Runs one statement with its parameters, or a script without parameters. */
export type Run = (
  text: string,
  params: unknown[],
) => Promise<{ readonly rows: readonly unknown[]; readonly touched: number }>

const dialect = new PgDialect()

export function createQueries(run: Run): Queries {
  const send = (statement: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(statement)
    return run(text, params)
  }
  return {
    async query(statement, row) {
      const { rows } = await send(statement)
      return rows.map(found => parseRow(row, found))
    },
    async execute(statement) {
      return (await send(statement)).touched
    },
    async notify(channel, payload) {
      await send(sql`select pg_notify(${channel}, ${payload})`)
    },
  }
}

/** Joins statements, their parameters inlined, and the commit into one script. String literals follow standard SQL. */
export const committing = (last: readonly SQL[]): string =>
  [...last.map(one => dialect.sqlToQuery(sql`${one}`.inlineParams()).sql), 'commit'].join('; ')

function parseRow<Row>(row: z.ZodType<Row>, found: unknown): Row {
  const read = row.safeParse(found)
  if (read.success) return read.data
  throw new Fault({
    code: 'row-unexpected',
    place: 'database',
    found: `a row that does not fit at ${read.error.issues.map(issue => issue.path.join('.')).join(', ')}`,
    expected: read.error.issues.map(issue => issue.message).join('; '),
  })
}
