import { type Clock, type Log, newId } from '../foundation/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Database, Forgetter, Forgotten, Somebody, Stayed } from '../storage/index.ts'
import { type Home, maskedNumber } from '../telephony/index.ts'
import type { ForgetDecision, ForgetRequest, Forgetting, ForgetWhom } from './api.ts'
import { fault } from './faults.ts'
import type { Holds } from './holds.ts'
import { forgetQueue } from './jobs.ts'
import { inOneCall, personOf, readNumber } from './persons.ts'
import {
  type ForgettingRow,
  insertForgetting,
  lockOpen,
  selectForgetting,
  selectForgettings,
  updateDecided,
  updateWent,
} from './store.ts'

const mostShown = 200
/** Erasing in one room may free what another had to keep, such as an order after its survey, so repeat up to this often. */
const mostPasses = 3

type Parts = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly holds: Pick<Holds, 'held' | 'holding'>
  readonly clock: Clock
  readonly log: Log
  readonly home: Home
  mark(number: string): string
  forgetters(): readonly Forgetter[]
}

/**
 * Forgets a person or a single call once one member of staff asks for it and another agrees. It covers all rooms, and is
 * repeated until nothing has to be kept any more.
 */
export function createForgetting(parts: Parts) {
  const { database, jobs, holds, clock, log, home, mark, forgetters } = parts

  const viewOf = (row: ForgettingRow): Forgetting => ({
    id: row.id,
    mark: row.mark,
    number: row.number === '' ? '' : maskedNumber(row.number, home),
    state: row.state,
    because: row.because,
    askedBy: row.askedBy,
    askedAtMs: row.askedAtMs,
    decidedBy: row.decidedBy,
    decidedAtMs: row.decidedAtMs,
    endedAtMs: row.endedAtMs,
    // Restore the order of the rooms, which a JSON column does not keep.
    went: [...forgetters().map(({ name }) => name), 'legal_holds'].flatMap((name, at, all) => {
      const done = row.went[name]
      return done && all.indexOf(name) === at ? [{ name, ...done }] : []
    }),
  })

  /** A hold on the person keeps everything; a hold on an order keeps the order and its calls. */
  async function freeOf(
    row: ForgettingRow,
  ): Promise<{ readonly person: Somebody; readonly isHeld: boolean }> {
    const person =
      row.number === '' ? inOneCall(row.mark) : await personOf(row.number, home, forgetters(), row)
    return { person, isHeld: (await holds.holding()).some(hold => hold.mark === row.mark) }
  }

  async function run(id: string): Promise<void> {
    const row = await selectForgetting(database, id)
    if (row?.state !== 'running' && row?.state !== 'waiting') return
    const { person, isHeld } = await freeOf(row)
    if (isHeld)
      return updateWent(database, {
        ...row,
        state: 'waiting',
        went: { legal_holds: { count: 0, stayed: [{ about: row.mark, because: 'held' }] } },
      })
    const held = await holds.held()
    // Save the calls and orders before erasing: after a crash the number would no longer lead to them.
    let now: ForgettingRow = { ...row, calls: person.calls, orders: person.orders }
    await updateWent(database, now)
    const free = { ...person, calls: person.calls.filter(call => !held.calls.includes(call)) }
    for (let pass = 1; pass <= mostPasses; pass++) {
      let went = 0
      for (const { name, forget } of forgetters()) {
        const done = await forget(free, held)
        went += done.count
        now = { ...now, went: { ...now.went, [name]: added(now.went[name], done) } }
        await updateWent(database, now)
      }
      if (went === 0 || stayedIn(now).every(({ because }) => because === 'of-another')) break
    }
    for (const call of person.calls)
      if (held.calls.includes(call))
        now = { ...now, went: keeps(now.went, 'calls', { about: call, because: 'held' }) }
    const isDone = stayedIn(now).every(({ because }) => because === 'of-another')
    await updateWent(
      database,
      isDone
        ? { ...now, state: 'done', number: '', calls: [], orders: [], endedAtMs: clock.now() }
        : { ...now, state: 'waiting' },
    )
    log.info({ forgetting: id, done: isDone }, 'somebody was forgotten')
  }

  /** The subject: a phone number, or a single call without one. @throws Fault `person-number` */
  function subjectOf({ number: written = '', call }: ForgetWhom): Pick<ForgettingRow, 'mark' | 'number'> {
    if (call !== undefined) return { mark: call, number: '' }
    const number = readNumber(written, home)
    return { mark: mark(number), number }
  }

  return {
    list: async () => (await selectForgettings(database, mostShown)).map(viewOf),
    /** @throws Fault `person-number`, or `forget-asked` if it was already asked for */
    async ask({ because, ...whom }: ForgetRequest, by: string): Promise<Forgetting> {
      const subject = subjectOf(whom)
      const nowMs = clock.now()
      const id = newId('forget', nowMs)
      return database.transaction(async tx => {
        if (await lockOpen(tx, subject.mark))
          throw fault('forget-asked', 'number', 'one that somebody asked for already', 'one that is over')
        const asked: ForgettingRow = {
          ...subject,
          id,
          because,
          state: 'asked',
          askedBy: by,
          askedAtMs: nowMs,
          decidedBy: undefined,
          decidedAtMs: undefined,
          endedAtMs: undefined,
          calls: [],
          orders: [],
          went: {},
        }
        await insertForgetting(tx, asked)
        return viewOf(asked)
      })
    },
    /** @throws Fault `person-number`, `forget-missing`, or `forget-alone` if the same member asked */
    async decide({ agreed, ...whom }: ForgetDecision, by: string): Promise<Forgetting> {
      const subject = subjectOf(whom)
      return database.transaction(async tx => {
        const row = await lockOpen(tx, subject.mark)
        if (row?.state !== 'asked')
          throw fault('forget-missing', 'number', 'nothing to decide on', 'a number that somebody asked for')
        if (row.askedBy === by) throw fault('forget-alone', 'by', 'who asked for it', 'a second person')
        const nowMs = clock.now()
        const decided: ForgettingRow = agreed
          ? { ...row, state: 'running', decidedBy: by, decidedAtMs: nowMs }
          : { ...row, state: 'refused', decidedBy: by, decidedAtMs: nowMs, number: '', endedAtMs: nowMs }
        await updateDecided(tx, decided)
        if (agreed) await jobs.enqueue(tx, forgetQueue, { forgetting: row.id })
        return viewOf(decided)
      })
    },
    run,
  }
}

type WentByName = ForgettingRow['went']

/** Adds to the number erased; what stays is as found last. */
const added = (before: WentByName[string] | undefined, { count, stayed = [] }: Forgotten) => ({
  count: (before?.count ?? 0) + count,
  stayed: [...stayed],
})

const keeps = (went: WentByName, name: string, stayed: Stayed): WentByName => ({
  ...went,
  [name]: { count: went[name]?.count ?? 0, stayed: [...(went[name]?.stayed ?? []), stayed] },
})

const stayedIn = ({ went }: Pick<ForgettingRow, 'went'>) =>
  Object.values(went).flatMap(({ stayed }) => stayed)
