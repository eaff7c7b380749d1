import type PgBoss from 'pg-boss'
import { z } from 'zod'
import { type Clock, Fault, type Log, reasonOf, withDeadline } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { askedAt, askedOf, fetchJobs } from './boss.ts'
import type { Handler, Job } from './queue.ts'

/** Where it is told that a duty is due at once; the payload is its queue. */
export const wakeChannel = 'jobs_due'

/** How often leases that ended are taken back and what is over is swept away. */
const maintainMs = 30_000
/** What is in hand when the house closes has this long; its lease gives it to another node otherwise. */
const closeMs = 5_000

const counted = z.object({ affected: z.number() })

type Bench = {
  readonly handler: Handler
  running: number
  /** More may be due than there was a hand for. */
  more: boolean
  /** Why the last claim failed. */
  trouble: string | undefined
  /** The claim before this one: one at a time, so that each knows how many hands are free. */
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

/** Claims what falls due, works on it, and says how it went. */
export function createRunner({ boss, database, clock, log, pollMs }: Options) {
  const over = new AbortController()
  const benches = new Map<string, Bench>()
  const inHand = new Set<Promise<void>>()
  const figures = { done: 0, failed: 0, unclaimed: 0 }
  const asked = askedOf(database, clock)

  function claim(bench: Bench): Promise<void> {
    const claimed = bench.turn
      .then(() => claimNow(bench))
      .then(
        () => claimWent(bench, undefined),
        error => claimWent(bench, reasonOf(error)),
      )
    bench.turn = claimed
    return claimed
  }

  /** Said once when it begins, and once when it is over. */
  function claimWent(bench: Bench, trouble: string | undefined) {
    const queue = bench.handler.queue.name
    if (trouble !== undefined) figures.unclaimed++
    if (trouble !== undefined && bench.trouble === undefined)
      log.warn({ queue, reason: trouble }, 'duties wait: they cannot be claimed')
    if (trouble === undefined && bench.trouble !== undefined) log.info({ queue }, 'duties are claimed again')
    bench.trouble = trouble
  }

  async function claimNow(bench: Bench): Promise<void> {
    const { queue } = bench.handler
    const free = queue.atOnce - bench.running
    if (free <= 0 || over.signal.aborted) return
    const found = await fetchJobs(boss, asked, queue.name, free)
    bench.running += found.length
    bench.more = found.length === free
    for (const row of found) {
      const work = perform(bench, row).finally(() => {
        inHand.delete(work)
        bench.running--
        // With half of the hands free a claim is worth its statement.
        if (bench.more && bench.running * 2 <= queue.atOnce) bench.wake()
      })
      inHand.add(work)
    }
  }

  async function perform({ handler }: Bench, row: PgBoss.JobWithMetadata): Promise<void> {
    const { name, leaseS } = handler.queue
    const late = new AbortController()
    let settled = false
    const job: Job<unknown> = {
      id: row.id,
      data: row.data,
      tries: row.retryCount + 1,
      signal: AbortSignal.any([late.signal, over.signal]),
      async settle(tx) {
        await complete(name, row.id, tx)
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
      if (!settled) await complete(name, row.id, database)
      figures.done++
    } catch (error) {
      figures.failed++
      log.warn({ queue: name, job: row.id, tries: job.tries, reason: reasonOf(error) }, 'a duty failed')
      // The reason alone: what a fault found may be a caller's words.
      await boss
        .fail(name, row.id, { reason: reasonOf(error) })
        .catch(cause =>
          log.warn({ queue: name, reason: reasonOf(cause) }, 'a failure waits for its lease to end'),
        )
    }
  }

  async function complete(name: string, id: string, queries: Queries): Promise<void> {
    const done = counted.parse(await boss.complete(name, id, {}, { db: askedAt(queries, clock) }))
    if (done.affected === 0) throw jobFault('job-lost', name, 'a duty that is not ours any more', 'our own')
  }

  async function serve(bench: Bench): Promise<void> {
    while (!over.signal.aborted) {
      // Woken from before the claim on, so that nothing falls between a claim and the wait after it.
      const woken = new Promise<void>(resolve => {
        bench.wake = resolve
      })
      await claim(bench)
      const cancel = clock.after(pollMs, bench.wake)
      await woken
      cancel()
    }
  }

  function maintain() {
    return clock.after(maintainMs, () => {
      boss
        .maintain()
        .catch(error => log.warn({ reason: reasonOf(error) }, 'duties were not swept'))
        .finally(() => {
          if (!over.signal.aborted) stopMaintaining = maintain()
        })
    })
  }
  let stopMaintaining = () => undefined as unknown
  let off = () => undefined as unknown

  /** @returns whether there was anything to wait for */
  async function idle(): Promise<boolean> {
    const waits = inHand.size > 0
    while (inHand.size > 0) await Promise.all(inHand)
    return waits
  }

  return {
    async run(handlers: readonly Handler[]): Promise<void> {
      for (const handler of handlers)
        benches.set(handler.queue.name, {
          handler,
          running: 0,
          more: false,
          trouble: undefined,
          turn: Promise.resolve(),
          wake: () => undefined,
        })
      stopMaintaining = maintain()
      const serving = [...benches.values()].map(serve)
      off = await database.listen(wakeChannel, name => benches.get(name)?.wake())
      if (over.signal.aborted) off()
      // What fell due between the first look and the listening.
      for (const bench of benches.values()) bench.wake()
      await Promise.all(serving)
    },
    async runDue(): Promise<void> {
      do await Promise.all([...benches.values()].map(claim))
      while (await idle())
    },
    wake() {
      for (const bench of benches.values()) bench.wake()
    },
    figures: () => ({ ...figures, running: inHand.size }),
    trouble: () => [...benches.values()].find(({ trouble }) => trouble !== undefined)?.trouble,
    async close(): Promise<void> {
      over.abort(jobFault('jobs-closed', 'jobs', 'a house that closes', 'another try'))
      stopMaintaining()
      off()
      for (const bench of benches.values()) bench.wake()
      const late = () => jobFault('job-late', 'jobs', 'work that goes on', 'an end')
      await withDeadline(clock, closeMs, idle(), late).catch(error =>
        log.warn({ running: inHand.size, reason: reasonOf(error) }, 'duties were left to their lease'),
      )
    },
  }
}

const jobFault = (code: string, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
