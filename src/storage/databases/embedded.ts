import { join } from 'node:path'
import { type SQL, sql } from 'drizzle-orm/sql'
import {
  type Clock,
  createEvents,
  createTurns,
  type Log,
  reasonOf,
  withDeadline,
} from '../../foundation/index.ts'
import { type Driver, defaultDeadlineMs, type Queries } from '../database.ts'
import { awayFault, lateFault } from '../faults.ts'
import { committing, createQueries } from '../queries.ts'
import { copyLive, givesCopies } from './copy.ts'
import { startEngine } from './engine.ts'
import { isDiskFull } from './folder.ts'
import { lockDirectory } from './lock.ts'
import { keepMaintained } from './maintain.ts'
import type { PgliteThread } from './pglite-thread.ts'

type Options = {
  /** Keeps everything under `<dataDir>/database`; in memory when absent. */
  readonly dataDir?: string
  readonly clock: Clock
  readonly log: Log
}

/**
 * PGlite, PostgreSQL compiled to WebAssembly, in a thread of this process. It has one session, so transactions run one
 * after the other. A statement cannot be stopped; a deadline only limits how long we wait for it. A folder that cannot be
 * opened is not an error: until it can, every statement is refused as away, with the reason and what mends it.
 * @throws Fault `data-dir-locked` if another process uses this directory
 */
export async function openEmbedded({ dataDir, clock, log }: Options): Promise<Driver> {
  const unlock =
    dataDir === undefined
      ? () => Promise.resolve()
      : await lockDirectory(
          dataDir,
          givesCopies(clock, into => copyInto(join(dataDir, 'database'), into)),
        )
  const notices = createEvents<Record<string, string>>(error =>
    log.error({ reason: reasonOf(error) }, 'a database listener failed'),
  )
  const directory = dataDir === undefined ? undefined : join(dataDir, 'database')
  const engine = await startEngine({ directory, clock, log, onNotified: notices.emit })
  const isLate = () => {
    void engine.doubt()
    return lateFault()
  }
  /** PGlite has a single session. */
  const turns = createTurns()

  /** Between two statements nothing is in progress, and everything committed is in the files or their write-ahead log. */
  async function copyInto(from: string, into: string): Promise<void> {
    await copyLive(from, into, clock.now, work =>
      turns.take(async () => {
        await engine.thread().run('checkpoint', [])
        await work()
      }),
    )
  }

  const queries = createQueries((text, params) =>
    withDeadline(
      clock,
      defaultDeadlineMs,
      turns.take(async () => engine.thread().run(text, params)),
      isLate,
    ),
  )

  const stopMaintaining = keepMaintained(queries, clock, log)

  async function transact<T>(
    work: (queries: Queries) => Promise<T>,
    lateness: Promise<never>,
    last: () => readonly SQL[],
  ): Promise<T> {
    // A transaction belongs to the thread that it began on, and is gone if that thread ends.
    const thread: PgliteThread = engine.thread()
    let isOver = false
    const session = createQueries((text, params) =>
      isOver ? Promise.reject(lateFault()) : thread.run(text, params),
    )
    try {
      await thread.run('begin', [])
      const result = await Promise.race([work(session), lateness])
      isOver = true
      await thread.run(committing(last()), [])
      return result
    } catch (error) {
      isOver = true
      if (!thread.dead.aborted) await thread.run('rollback', [])
      throw error
    }
  }

  return {
    ...queries,
    transaction(work, deadlineMs = defaultDeadlineMs, last = () => []) {
      // A transaction that misses its deadline makes way for the next, whatever its work is waiting for.
      const late = new AbortController()
      const lateness = new Promise<never>((_, reject) => {
        late.signal.addEventListener('abort', () => reject(late.signal.reason), { once: true })
      })
      lateness.catch(error => log.warn({ reason: reasonOf(error) }, 'a transaction was given up'))
      return withDeadline(
        clock,
        deadlineMs,
        turns.take(() => transact(work, lateness, last)),
        () => {
          late.abort(isLate())
          return late.signal.reason
        },
      )
    },
    async listen(channel, hear) {
      const off = notices.on(channel, hear)
      await turns.take(() => engine.hear(channel))
      return off
    },
    async ping() {
      await queries.execute(sql`select 1`)
      // Report a full disk before a write fails: queries still succeed, and there may be no write for a while.
      if (directory !== undefined && (await isDiskFull(directory)))
        throw awayFault('its disk is full', '', 'free space on the disk of the database')
    },
    async close() {
      stopMaintaining()
      await turns.take(() => engine.close())
      await unlock()
    },
  }
}
