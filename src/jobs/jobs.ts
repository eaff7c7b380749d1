import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import { type Database, type Queries, sql } from '../storage/index.ts'
import { askedAt, askedOf, askedPlainly, createBoss } from './boss.ts'
import { refuseUnfit, textsOfBoss } from './fit.ts'
import { graceS, type Handler, type Queue } from './queue.ts'
import { createRunner, wakeChannel } from './runner.ts'

type When<Data extends object> = {
  /** Not before this moment, in ms since 1970; now when absent. */
  readonly atMs?: number
} & (Queue<Data>['keyed'] extends true ? { readonly key: string } : { readonly key?: string })

export type Jobs = {
  /** Creates or upgrades pg-boss's tables and our queues. Two nodes may do it at once. @throws Fault, such as `boss-changed` */
  prepare(): Promise<void>
  /**
   * Enqueues a job, which becomes durable when the transaction commits.
   * @returns false if the queue is keyed and a job of that key is already waiting
   * @throws Fault `job-without-key` for a keyed queue, `queue-unknown` for one that was not prepared
   */
  enqueue<Data extends object>(
    queries: Queries,
    queue: Queue<Data>,
    data: Data,
    when?: When<Data>,
  ): Promise<boolean>
  /** Starts working on jobs as they fall due, whenever the database is available. Call it once. */
  run(handlers: readonly Handler[]): void
  /** Works on all jobs that are due now, and on those that they enqueue; resolves when none is due. */
  runDue(): Promise<void>
  /** On this node: jobs done, tries that failed, claims that failed, and jobs running now. */
  figures(): {
    readonly done: number
    readonly failed: number
    readonly unclaimed: number
    readonly running: number
  }
  /** How many jobs this node set aside because another try would have failed the same way. */
  refused(): number
  /** Why jobs cannot be claimed at present; undefined while they can. */
  trouble(): string | undefined
  /** Stops claiming, and waits up to 5 s for the jobs in hand. */
  close(): Promise<void>
}

type Options = {
  readonly database: Database
  readonly queues: readonly Queue<object>[]
  readonly clock: Clock
  readonly log: Log
  /** How often to look for jobs that fell due. A job that is due at once is announced by a notification. */
  readonly pollMs?: number
}

/** Advisory lock held while preparing; migrations use another one. */
const lockKey = 12345_002
const prepareDeadlineMs = 60_000

export function openJobs({ database, queues, clock, log, pollMs = 2_000 }: Options): Jobs {
  const boss = createBoss(askedOf(database, clock))
  const runner = createRunner({ boss, database, clock, log, pollMs })

  return {
    async prepare() {
      refuseUnfit(await textsOfBoss())
      await database.transaction(async tx => {
        await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
        const maker = createBoss(askedPlainly(tx))
        await maker.start()
        for (const queue of queues) {
          const settings = settingsOf(queue)
          await maker.createQueue(queue.name, settings)
          await maker.updateQueue(queue.name, settings)
        }
      }, prepareDeadlineMs)
      log.debug({ queues: queues.length }, 'queues are ready')
      runner.wake()
    },
    async enqueue(tx, queue, data, { atMs, key } = {}) {
      if (queue.keyed && key === undefined)
        throw new Fault({ code: 'job-without-key', place: queue.name, found: 'no key', expected: 'a key' })
      const nowMs = clock.now()
      const id = await boss.send(queue.name, queue.data.parse(data), {
        db: askedAt(tx, clock),
        startAfter: new Date(atMs ?? nowMs),
        singletonKey: key,
      })
      if (id === null && !queue.keyed)
        throw new Fault({
          code: 'queue-unknown',
          place: queue.name,
          found: 'no such queue in the database',
          expected: 'one of those that were prepared',
        })
      if ((atMs ?? nowMs) <= nowMs) await tx.notify(wakeChannel, queue.name)
      return id !== null
    },
    run(handlers) {
      runner.run(handlers).catch(error => log.error({ reason: reasonOf(error) }, 'jobs are not worked on'))
    },
    runDue: runner.runDue,
    figures: runner.figures,
    refused: runner.refused,
    trouble: runner.trouble,
    close: runner.close,
  }
}

const settingsOf = (queue: Queue<object>) => ({
  name: queue.name,
  policy: queue.keyed ? ('short' as const) : ('standard' as const),
  retryLimit: queue.retries,
  retryDelay: queue.retryDelayS,
  retryBackoff: true,
  expireInSeconds: queue.leaseS + graceS,
})
