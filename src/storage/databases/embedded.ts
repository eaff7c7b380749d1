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
 * after the other, and no way to stop a statement: deadlines bound how long an answer is waited for.
 * A folder that cannot be opened is no error: everything is refused as away, with why and what mends it, until it can.
 * @throws Fault `data-dir-locked` when another process has this directory.
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
  /** The session is one. */
  const turns = createTurns()

  /** Between two statements nothing is under way, and what was committed is in the files, or in their log. */
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
    // One that begins on a thread ends with it: on the next one there is nothing of it.
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
      // A transaction that is late for its caller gives its turn to the next, whatever its work waits for.
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
      // A full disk is said before somebody writes in vain: questions are answered all the same, and little may be written for a while.
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
