import { type SQL, sql } from 'drizzle-orm/sql'
import pg from 'pg'
import { type Clock, createTurns, type Log, reasonOf, withDeadline } from '../../foundation/index.ts'
import { type Driver, defaultDeadlineMs } from '../database.ts'
import { databaseFault, lateFault } from '../faults.ts'
import { committing, createQueries, type Run } from '../queries.ts'
import { keepListening } from './listening.ts'

type Options = {
  readonly url: string
  readonly clock: Clock
  readonly log: Log
  readonly deadlineMs?: number
}

/** How long a connection may take to open, or a statement to get one from the pool. */
const connectMs = 2_000

/** Reads values as PGlite does: int8 as a number, date as a string. */
const customTypes = new pg.TypeOverrides()
customTypes.setTypeParser(pg.types.builtins.INT8, Number)
customTypes.setTypeParser(pg.types.builtins.DATE, text => text)

/**
 * A pool of connections to a PostgreSQL server. Opening it connects to nothing: while the server is away, statements are
 * refused with Faults. The server itself stops late statements; a connection that still misses its deadline is dropped.
 */
export function openPostgres({ url, clock, log, deadlineMs: usualMs = defaultDeadlineMs }: Options): Driver {
  const settings = {
    connectionString: url,
    application_name: 'jieting',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    types: customTypes,
  }
  const pool = new pg.Pool({ ...settings, statement_timeout: usualMs })
  const lost = (error: unknown) => log.warn({ reason: reasonOf(error) }, 'a database connection was lost')
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))

  const within = <T>(deadlineMs: number, work: Promise<T>) => withDeadline(clock, deadlineMs, work, lateFault)

  const queries = createQueries(async (text, params) => {
    const client = await connected(pool)
    try {
      const result = await within(usualMs, runOn(client)(text, params))
      client.release()
      return result
    } catch (error) {
      client.release(isBroken(error))
      throw error
    }
  })

  const listening = keepListening({
    clock,
    log,
    async connect(hear, onLost) {
      const client = new pg.Client({ ...settings, statement_timeout: usualMs, query_timeout: usualMs })
      client.on('error', onLost)
      client.on('end', onLost)
      client.on('notification', ({ channel, payload }) => hear(channel, payload ?? ''))
      await client.connect()
      const turns = createTurns()
      return {
        run: text => turns.take(async () => void (await client.query(text))),
        end: () => client.end(),
      }
    },
  })

  return {
    ...queries,
    async transaction(work, deadlineMs = usualMs, last = () => []) {
      const client = await connected(pool)
      const run = runOn(client)
      try {
        const result = await within(deadlineMs, commit(run, deadlineMs, work, last))
        client.release()
        return result
      } catch (error) {
        const undone = isBroken(error) ? false : await isUndone(within(usualMs, run('rollback', [])))
        client.release(!undone)
        throw error
      }
    },
    listen: listening.listen,
    async ping() {
      await queries.execute(sql`select 1`)
    },
    async close() {
      await listening.close()
      await pool.end()
    },
  }
}

async function commit<T>(
  run: Run,
  deadlineMs: number,
  work: (queries: ReturnType<typeof createQueries>) => Promise<T>,
  last: () => readonly SQL[],
): Promise<T> {
  await run(
    `begin; set local statement_timeout = ${deadlineMs}; set local standard_conforming_strings = on`,
    [],
  )
  const result = await work(createQueries(run))
  await run(committing(last()), [])
  return result
}

const connected = (pool: pg.Pool) => pool.connect().catch(error => Promise.reject(databaseFault(error)))

const isUndone = (rollback: Promise<unknown>) =>
  rollback.then(
    () => true,
    () => false,
  )

/** Whether the connection can no longer be trusted and must not go back to the pool. */
function isBroken(error: unknown): boolean {
  const { code } = databaseFault(error)
  return code === 'database-away' || code === 'database-late'
}

const runOn =
  (client: pg.PoolClient): Run =>
  async (text, params) => {
    try {
      const results = await client.query(text, params)
      // A script without parameters gives a list of results.
      const result = Array.isArray(results) ? results.at(-1) : results
      return { rows: result.rows, touched: result.rowCount ?? 0 }
    } catch (error) {
      throw databaseFault(error)
    }
  }
