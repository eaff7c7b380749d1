import { type Clock, type Log, type Part, sidePart } from '../foundation/index.ts'
import type { Job, Jobs } from '../jobs/index.ts'
import { type Database, mustWait, type Queries, sql, whyOf } from '../storage/index.ts'
import type { CallId, JournalEntry } from '../telephony/index.ts'
import { callbackReadQueue } from './jobs.ts'

export type ReadDependencies = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly clock: Clock
  readonly log: Log
}

type Owe = (tx: Queries, calls: readonly CallId[]) => Promise<void>

/** Facts that can show that a callback is owed, or no longer owed. */
const telling: readonly string[] = [
  'gave-number',
  'promised',
  'told-time',
  'recorded',
  'called-back',
  'cut',
  'ended',
]

const minuteMs = 60_000
const mostApartMs = 60 * minuteMs

/**
 * Facts are written whatever becomes of their callbacks. A call that cannot be read is logged and counted, and read
 * again until it can, by a job as durable as its facts.
 */
export function createReading(owe: Owe, { database, jobs, clock, log }: ReadDependencies) {
  const unread = new Set<CallId>()
  let failed = 0

  /** @returns why they cannot be read */
  async function within(tx: Queries, calls: readonly CallId[]): Promise<unknown> {
    const error = await attempt(tx, () => owe(tx, calls))
    if (error === undefined) for (const call of calls) unread.delete(call)
    return error
  }

  async function later(tx: Queries, call: CallId, tries: number, error: unknown): Promise<void> {
    failed++
    unread.add(call)
    log.error(
      { call, tries, failed, reason: whyOf(error) },
      'a call is not read: whether it is owed a callback',
    )
    const apartMs = Math.min(mostApartMs, minuteMs * 2 ** Math.min(tries, 10))
    const again = { call, tries: tries + 1 }
    const lost = await attempt(tx, () =>
      jobs.enqueue(tx, callbackReadQueue, again, { atMs: clock.now() + apartMs }),
    )
    if (lost !== undefined) log.error({ call, reason: whyOf(lost) }, 'nor is it read again')
  }

  return {
    /** Called in the transaction that writes these facts. */
    async entries(tx: Queries, entries: readonly JournalEntry[]): Promise<void> {
      const found = entries.filter(({ fact }) => telling.includes(fact.kind)).map(({ call }) => call)
      const calls = [...new Set(found)]
      if (calls.length === 0 || (await within(tx, calls)) === undefined) return
      // One of them cannot be read, so each is read by itself.
      for (const call of calls) {
        const error = await within(tx, [call])
        if (error !== undefined) await later(tx, call, 0, error)
      }
    },
    again: (call: CallId, tries: number, job: Pick<Job<unknown>, 'settle'>): Promise<void> =>
      database.transaction(async tx => {
        const error = await within(tx, [call])
        if (error !== undefined) await later(tx, call, tries, error)
        await job.settle(tx)
      }),
    /** Failures since the start. */
    failed: () => failed,
    health: (): readonly Part[] => [
      sidePart(
        'callbacks',
        unread.size === 0 ? undefined : `${unread.size} calls cannot be read for callbacks`,
      ),
    ],
  }
}

/**
 * Runs work in a savepoint: all of it or none, keeping what the transaction did before.
 * @returns why it failed
 * @throws errors that the whole transaction has to wait for
 */
async function attempt(tx: Queries, work: () => Promise<unknown>): Promise<unknown> {
  await tx.execute(sql`savepoint callbacks_read`)
  try {
    await work()
    await tx.execute(sql`release savepoint callbacks_read`)
    return undefined
  } catch (error) {
    if (mustWait(error)) throw error
    await tx.execute(sql`rollback to savepoint callbacks_read`)
    return error
  }
}
