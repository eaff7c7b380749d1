import { type Cancel, type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Database, Forgetter, HeldBack, KeptKind, Sweep } from '../storage/index.ts'
import type { Holds } from './holds.ts'
import { sweepQueue } from './jobs.ts'
import type { RetentionRules } from './rules.ts'
import { blankHolds, noteSweep, selectWaiting } from './store.ts'

const dayMs = 24 * 3600_000
/** The interval of sweeps, and so the longest that data outlive their period. */
const everyMs = 3600_000
/** The delay until the next round if there is more to delete than one round takes. */
const soonMs = 60_000
const retryMs = 60_000
const batch = 500
const mostBatches = 40

type Parts = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly rules: RetentionRules
  readonly holds: Pick<Holds, 'held'>
  readonly clock: Clock
  readonly log: Log
  forgetters(): readonly Forgetter[]
  /** Continues forgetting somebody of whom something had to be kept. */
  forget(id: string): Promise<void>
}

/** Deletes what is over, kind by kind, in batches small enough not to hold up anybody. */
export function createSweeping({ database, jobs, rules, holds, clock, log, forgetters, forget }: Parts) {
  const gone = new Map<KeptKind, number>()
  let failed = 0
  let stop: Cancel = () => undefined

  /** @returns how many were deleted, and whether there may be more */
  async function sweepOne(
    sweep: Sweep,
    held: HeldBack,
  ): Promise<{ readonly count: number; readonly isMore: boolean }> {
    const beforeMs = clock.now() - rules[sweep.kind].days * dayMs
    let count = 0
    for (let at = 0; at < mostBatches; at++) {
      const went = await sweep.sweep({ beforeMs, limit: batch, held })
      count += went
      if (went < batch) return { count, isMore: false }
    }
    return { count, isMore: true }
  }

  /** @returns whether there is more to delete than one round takes */
  async function round(): Promise<boolean> {
    const held = await holds.held()
    await blankHolds(database, clock.now())
    const counts = new Map<KeptKind, number>()
    let isMore = false
    for (const { name, sweeps = [] } of forgetters())
      for (const sweep of sweeps)
        try {
          const swept = await sweepOne(sweep, held)
          counts.set(sweep.kind, (counts.get(sweep.kind) ?? 0) + swept.count)
          isMore ||= swept.isMore
        } catch (error) {
          // A failure in one room does not stop the others.
          failed++
          log.error(
            { name, kind: sweep.kind, reason: reasonOf(error) },
            'what is over could not be let go of',
          )
        }
    for (const [kind, count] of counts) {
      await noteSweep(database, kind, count, clock.now())
      gone.set(kind, (gone.get(kind) ?? 0) + count)
    }
    for (const { id } of await selectWaiting(database))
      await forget(id).catch((error: unknown) => {
        failed++
        log.error({ forgetting: id, reason: reasonOf(error) }, 'somebody could not be forgotten')
      })
    return isMore
  }

  const enqueue = (atMs: number) =>
    jobs.enqueue(database, sweepQueue, {}, { key: 'next', atMs }).then(() => undefined)

  /** Enqueues the first round; each round enqueues the next. Without a database this is retried until there is one. */
  function begin(): void {
    enqueue(clock.now() + soonMs).catch((error: unknown) => {
      log.debug({ reason: reasonOf(error) }, 'nothing is swept yet')
      stop = clock.after(retryMs, begin)
    })
  }

  return {
    begin,
    round,
    async work(): Promise<void> {
      const isMore = await round()
      await enqueue(clock.now() + (isMore ? soonMs : everyMs))
    },
    gone: () => gone,
    failed: () => failed,
    close: () => stop(),
  }
}
