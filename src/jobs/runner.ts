import type PgBoss from 'pg-boss'
import { z } from 'zod'
import { type Clock, Fault, type Log, reasonOf, sleep, withDeadline } from '../foundation/index.ts'
import { type Database, mustWait, type Queries } from '../storage/index.ts'
import { askedAt, askedOf, askedOfTry, type ClaimedTry, fetchJobs, tryNoMore } from './boss.ts'
import type { JobFaultCode } from './faults.ts'
import { graceS, type Handler, type Job } from './queue.ts'

/** Notification channel for jobs that are due at once. The payload is the queue's name. */
export const wakeChannel = 'jobs_due'

/** How often expired leases are taken back and finished jobs are archived. */
const maintainMs = 30_000
/** A job's outcome is reported this often without a pause, and then again every `againMs` while the database is away. */
const triesAtOnce = 3
const againMs = 500
/** Jobs in hand at shutdown have this long to end. Later their leases expire, and other nodes claim them. */
const closeMs = 5_000

const counted = z.object({ affected: z.number() })

type Worker = {
  readonly handler: Handler
  running: number
  /** Whether more jobs may be due than were claimed. */
  more: boolean
  /** Why the last claim failed. */
  trouble: string | undefined
  /** The previous claim. Claims run one at a time, so that each knows how many jobs it may take. */
  turn: Promise<unknown>
  wake(): void
}

type Options = {
  readonly boss: PgBoss
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly pollMs: number
}

/** Claims jobs that fall due, works on them, and reports the outcome. */
export function createRunner({ boss, database, clock, log, pollMs }: Options) {
  const over = new AbortController()
  const workers = new Map<string, Worker>()
  const inHand = new Set<Promise<void>>()
  const figures = { done: 0, failed: 0, unclaimed: 0 }
  let refused = 0
  const asked = askedOf(database, clock)

  function claim(worker: Worker): Promise<void> {
    const claimed = worker.turn
      .then(() => claimNow(worker))
      .then(
        () => claimWent(worker, undefined),
        error => claimWent(worker, reasonOf(error)),
      )
    worker.turn = claimed
    return claimed
  }

  /** Logs once when claims begin to fail, and once when they succeed again. */
  function claimWent(worker: Worker, trouble: string | undefined) {
    const queue = worker.handler.queue.name
    if (trouble !== undefined) figures.unclaimed++
    if (trouble !== undefined && worker.trouble === undefined)
      log.warn({ queue, reason: trouble }, 'jobs wait: they cannot be claimed')
    if (trouble === undefined && worker.trouble !== undefined) log.info({ queue }, 'jobs are claimed again')
    worker.trouble = trouble
  }

  async function claimNow(worker: Worker): Promise<void> {
    const { queue } = worker.handler
    const free = queue.atOnce - worker.running
    if (free <= 0 || over.signal.aborted) return
    const found = await fetchJobs(boss, asked, queue.name, free)
    worker.running += found.length
    worker.more = found.length === free
    for (const row of found) {
      const work = perform(worker, row).finally(() => {
        inHand.delete(work)
        worker.running--
        // Claim again only once half of the places are free, to save statements.
        if (worker.more && worker.running * 2 <= queue.atOnce) worker.wake()
      })
      inHand.add(work)
    }
  }

  async function perform({ handler }: Worker, row: PgBoss.JobWithMetadata): Promise<void> {
    const { name, leaseS } = handler.queue
    const untilMs = clock.monotonicMs() + (leaseS + graceS) * 1000
    const late = new AbortController()
    let settled = false
    const job: Job<unknown> = {
      id: row.id,
      data: row.data,
      tries: row.retryCount + 1,
      signal: AbortSignal.any([late.signal, over.signal]),
      async settle(tx) {
        await complete(row, tx)
        settled = true
      },
    }
    const lateFault = () => {
      const fault = jobFault('job-late', name, `no end within its lease of ${leaseS} s`, 'work that ends')
      late.abort(fault)
      return fault
    }
    try {
      await withDeadline(clock, leaseS * 1000, handler.work(job), lateFault)
    } catch (error) {
      return failed(handler, row, untilMs, error)
    }
    try {
      if (!settled) await insist(untilMs, () => complete(row, database))
      figures.done++
    } catch (error) {
      figures.failed++
      log.warn({ queue: name, job: row.id, reason: reasonOf(error) }, 'a job was done, and nobody took note')
    }
  }

  async function failed(handler: Handler, row: PgBoss.JobWithMetadata, untilMs: number, error: unknown) {
    const isFinal = handler.isFinal(error)
    const { name } = row
    figures.failed++
    if (isFinal) refused++
    const said = { queue: name, job: row.id, tries: row.retryCount + 1, reason: reasonOf(error) }
    if (isFinal) log.error(said, 'a job is set aside: another try would fail the same way')
    else log.warn(said, 'a job failed')
    await insist(untilMs, async () => {
      if (isFinal) await tryNoMore(database, row)
      // Report the reason only: what a fault found may be a caller's words.
      await boss.fail(name, row.id, { reason: reasonOf(error) }, { db: askedOfTry(asked, row) })
    }).catch(cause =>
      log.warn({ queue: name, reason: reasonOf(cause) }, 'a failure waits for its lease to end'),
    )
  }

  async function complete(row: ClaimedTry, queries: Queries): Promise<void> {
    const db = askedOfTry(askedAt(queries, clock), row)
    const done = counted.parse(await boss.complete(row.name, row.id, {}, { db }))
    if (done.affected === 0)
      throw jobFault('job-lost', row.name, 'a job that is not ours any more', 'our own')
  }

  /**
   * Reports an outcome until the database takes it, since a database that is briefly busy or away is no reason to repeat
   * the work. Without this, a connection that took over 2 s once marked a finished job as failed, and it was done twice.
   */
  async function insist(untilMs: number, say: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries++)
      try {
        return await say()
      } catch (error) {
        if (!mustWait(error) || clock.monotonicMs() + againMs > untilMs) throw error
        if (tries >= triesAtOnce) await sleep(clock, againMs, over.signal)
      }
  }

  async function serve(worker: Worker): Promise<void> {
    while (!over.signal.aborted) {
      // Set up the wake-up before the claim, so that none is missed between the claim and the wait.
      const woken = new Promise<void>(resolve => {
        worker.wake = resolve
      })
      await claim(worker)
      const cancel = clock.after(pollMs, worker.wake)
      await woken
      cancel()
    }
  }

  function maintain() {
    return clock.after(maintainMs, () => {
      boss
        .maintain()
        .catch(error => log.warn({ reason: reasonOf(error) }, 'jobs were not swept'))
        .finally(() => {
          if (!over.signal.aborted) stopMaintaining = maintain()
        })
    })
  }
  let stopMaintaining = () => undefined as unknown
  let off = () => undefined as unknown

  /** Waits until no job is in hand. @returns whether any was */
  async function idle(): Promise<boolean> {
    const waits = inHand.size > 0
    while (inHand.size > 0) await Promise.all(inHand)
    return waits
  }

  return {
    async run(handlers: readonly Handler[]): Promise<void> {
      for (const handler of handlers)
        workers.set(handler.queue.name, {
          handler,
          running: 0,
          more: false,
          trouble: undefined,
          turn: Promise.resolve(),
          wake: () => undefined,
        })
      stopMaintaining = maintain()
      const serving = [...workers.values()].map(serve)
      off = await database.listen(wakeChannel, name => workers.get(name)?.wake())
      if (over.signal.aborted) off()
      // Look for jobs that fell due before we were listening.
      for (const worker of workers.values()) worker.wake()
      await Promise.all(serving)
    },
    async runDue(): Promise<void> {
      do await Promise.all([...workers.values()].map(claim))
      while (await idle())
    },
    wake() {
      for (const worker of workers.values()) worker.wake()
    },
    figures: () => ({ ...figures, running: inHand.size }),
    refused: () => refused,
    trouble: () => [...workers.values()].find(({ trouble }) => trouble !== undefined)?.trouble,
    async close(): Promise<void> {
      over.abort(jobFault('jobs-closed', 'jobs', 'a house that closes', 'another try'))
      stopMaintaining()
      off()
      for (const worker of workers.values()) worker.wake()
      const late = () => jobFault('job-late', 'jobs', 'work that goes on', 'an end')
      await withDeadline(clock, closeMs, idle(), late).catch(error =>
        log.warn({ running: inHand.size, reason: reasonOf(error) }, 'jobs were left to their lease'),
      )
    },
  }
}

const jobFault = (code: JobFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
