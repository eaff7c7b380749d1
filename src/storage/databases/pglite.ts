import { join } from 'node:path'
import { PGlite, type Results, types } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { type Clock, createEvents, type Log, reasonOf, withDeadline } from '../../foundation/index.ts'
import { type Database, defaultDeadlineMs } from '../database.ts'
import { databaseFault, lateFault } from '../faults.ts'
import { createQueries, type Run } from '../queries.ts'
import { lockDirectory } from './lock.ts'

type Options = {
  /** Keeps everything under `<dataDir>/database`; in memory when absent. */
  readonly dataDir?: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * PostgreSQL compiled to WebAssembly, in this thread: a small statement takes 0.2 ms of it. One session serves all, so
 * transactions run one after the other. It cannot stop a statement that runs; deadlines bound the wait for its turn.
 * @throws Fault `data-dir-locked` when another process has this directory.
 */
export async function openPglite({ dataDir, clock, log }: Options): Promise<Database> {
  const unlock = dataDir === undefined ? () => Promise.resolve() : await lockDirectory(dataDir)
  const engine = await PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir: join(dataDir, 'database') }),
    parsers: { [types.INT8]: Number, [types.DATE]: text => text },
  }).catch(async error => {
    await unlock()
    throw databaseFault(error)
  })
  const notices = createEvents<Record<string, string>>(error =>
    log.error({ reason: reasonOf(error) }, 'a database listener failed'),
  )
  const heard = new Set<string>()

  const within = <T>(deadlineMs: number, work: Promise<T>) => withDeadline(clock, deadlineMs, work, lateFault)
  const queries = createQueries((text, params) => within(defaultDeadlineMs, runOn(engine)(text, params)))

  return {
    ...queries,
    transaction: (work, deadlineMs = defaultDeadlineMs) =>
      engine.transaction(session => within(deadlineMs, work(createQueries(runOn(session))))),
    async listen(channel, hear) {
      const off = notices.on(channel, hear)
      if (!heard.has(channel)) {
        heard.add(channel)
        await engine.listen(channel, payload => notices.emit(channel, payload))
      }
      return off
    },
    async ping() {
      await queries.execute(sql`select 1`)
    },
    async close() {
      await engine.close()
      await unlock()
    },
  }
}

type Session = Pick<PGlite, 'query' | 'exec'>

const runOn =
  (session: Session): Run =>
  async (text, params) => {
    try {
      const result: Results | undefined =
        params.length > 0 ? await session.query(text, params) : (await session.exec(text)).at(-1)
      return { rows: result?.rows ?? [], touched: result?.affectedRows ?? 0 }
    } catch (error) {
      throw databaseFault(error)
    }
  }
