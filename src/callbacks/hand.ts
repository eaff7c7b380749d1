import type { Calendar } from '../city/index.ts'
import type { Clock } from '../foundation/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Queries } from '../storage/index.ts'
import { type Callback, happened } from './callback.ts'
import { nextMarkAt } from './decide.ts'
import type { CallbackHappening, Loss } from './happening.ts'
import { callbackClockQueue, callbackTextQueue } from './jobs.ts'
import type { CallbackRules } from './rules.ts'
import { tellCallback } from './screens.ts'
import { insertCallback, insertEvents, insertLoss, updateCallback } from './store.ts'

export type HandDependencies = {
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly rules: CallbackRules
  readonly calendar: Calendar
  readonly clock: Clock
}

/** Writes every change of a callback: its row, its events, the jobs that follow, and the notification. */
export function createHand({ jobs, rules, clock }: HandDependencies) {
  /** @param before as locked in this transaction */
  async function write(
    tx: Queries,
    before: Callback,
    happenings: readonly CallbackHappening[],
    by: string,
  ): Promise<Callback> {
    if (happenings.length === 0) return before
    return put(tx, before, happenings, by, (after, nextMs) => updateCallback(tx, after, nextMs))
  }

  /** Writes a new callback, owed for this loss. */
  async function begin(tx: Queries, callback: Callback, loss: Loss, by: string): Promise<Callback> {
    return put(tx, callback, [{ kind: 'owed', reason: loss.reason }], by, async (after, nextMs) => {
      await insertCallback(tx, after, nextMs)
      await insertLoss(tx, after.id, loss)
    })
  }

  async function put(
    tx: Queries,
    before: Callback,
    happenings: readonly CallbackHappening[],
    by: string,
    row: (after: Callback, nextMs: number | undefined) => Promise<void>,
  ): Promise<Callback> {
    const atMs = clock.now()
    const after = happenings.reduce((callback, one) => happened(callback, one, { atMs, by, rules }), before)
    const nextMs = nextMarkAt(after, atMs)
    await row(after, nextMs)
    await insertEvents(
      tx,
      happenings.map((one, index) => ({
        id: after.id,
        seq: before.seq + index + 1,
        atMs,
        kind: one.kind,
        by,
        note: noteOf(one),
      })),
    )
    await follow(tx, after, happenings, nextMs)
    await tellCallback(tx, after.id)
    return after
  }

  /** A job for a mark that has moved since finds nothing to do. */
  async function follow(
    tx: Queries,
    { id, state, end, number }: Callback,
    happenings: readonly CallbackHappening[],
    nextMs: number | undefined,
  ): Promise<void> {
    const callback = { callback: id }
    if (nextMs !== undefined) await jobs.enqueue(tx, callbackClockQueue, callback, { atMs: nextMs })
    if (happenings.some(one => one.kind === 'warned' && one.light === 'red'))
      for (const phone of rules.warned)
        await jobs.enqueue(tx, callbackTextQueue, { ...callback, kind: 'late', phone })
    if (state !== 'closed' || end === 'forgotten') return
    if (end === 'gave-up' && number !== '')
      await jobs.enqueue(tx, callbackTextQueue, { ...callback, kind: 'gave-up' })
  }

  return { begin, write }
}

/** A note for the history; never a number. */
function noteOf(happening: CallbackHappening): string | undefined {
  switch (happening.kind) {
    case 'owed':
    case 'lost-again':
      return happening.reason
    case 'warned':
      return happening.light
    case 'not-rung':
      return happening.why
    case 'unwilling':
      return happening.why ?? 'may-be-rung'
    case 'closed':
      return happening.end
    default:
      return undefined
  }
}

export type Hand = ReturnType<typeof createHand>
