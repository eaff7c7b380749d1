import type { Contact } from '../callers/index.ts'
import type { Calendar } from '../city/index.ts'
import { type Clock, Fault } from '../foundation/index.ts'
import type { Job, Jobs } from '../jobs/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { lightsOf } from './clocks.ts'
import type { Command, Decision, NewOrder, Notice } from './command.ts'
import { decide, decideNew } from './decide.ts'
import { type Actor, type Answer, house, type OrderEvent } from './event.ts'
import { orderClockQueue, orderErasedQueue, orderTextQueue } from './jobs.ts'
import { grouped, type OrderNumber, orderNumberOf } from './number.ts'
import { foldOrder, happen, type Order } from './order.ts'
import type { OrderRules } from './rules.ts'
import { tellChange } from './screens.ts'
import {
  deleteOrder,
  insertErasure,
  insertEvents,
  insertOrder,
  lockOrder,
  selectEvents,
  selectOpenTwin,
  takeSequence,
  updateOrder,
} from './store.ts'
import { nextMarkAt } from './warn.ts'

/** A closing, for whoever asks the citizen about it. */
export type ClosedOrder = {
  readonly order: OrderNumber
  /** 1 for the first closing, one more after each reopening. */
  readonly cycle: number
  readonly contact: Contact
  readonly elder: boolean
  readonly language: string
  readonly closedAtMs: number
  readonly unit: string
  readonly category: string
  readonly street: string
}

export type House = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly rules: OrderRules
  readonly calendar: Calendar
  readonly clock: Clock
  /** Told of each closing in its transaction: that the citizen has to be asked is as sure as the closing. */
  owes(queries: Queries, closed: ClosedOrder): Promise<void>
  /** Told in the transaction that erases an order: what is kept of its citizen elsewhere goes, too. May refuse. */
  forgets(queries: Queries, order: OrderNumber): Promise<void>
}

/** The only writers of this room's tables: one transaction for what happened, what the lists show and what is owed. */
export function createActions({ database, jobs, rules, calendar, clock, owes, forgets }: House) {
  const context = (by: Actor) => ({ by, atMs: clock.now(), rules, calendar })

  async function make(order: NewOrder, by: Actor, anyway: boolean): Promise<Order> {
    const asked = context(by)
    const decision = decideNew(order, asked)
    const twin = anyway ? undefined : await selectOpenTwin(database, order.caller, order.category)
    if (twin !== undefined) throw twinFault(twin)
    const { date } = calendar(asked.atMs)
    // By itself, so that all who make orders wait for a counter and not for each other's orders; a number may stay unused.
    const number = orderNumberOf(date, await takeSequence(database, date))
    return database.transaction(async tx => {
      const events = eventsOf(decision, 0, asked.atMs, by)
      const made = foldOrder(number, events, calendar)
      const marks = marksOf(made)
      await insertOrder(tx, made, marks)
      await insertEvents(tx, number, events)
      await follow(tx, made, decision.notices, undefined, marks.nextMarkAtMs)
      await tellChange(tx, number, [made.unit])
      return made
    })
  }

  /** @throws as `decide`; nothing happens. */
  async function may(number: OrderNumber, command: Command, by: Actor): Promise<void> {
    const events = await selectEvents(database, number)
    if (events.length === 0) throw unknownFault(number)
    decide(foldOrder(number, events, calendar), command, context(by))
  }

  const erase = (number: OrderNumber, by: Actor) =>
    database.transaction(async tx => {
      if (!(await lockOrder(tx, number))) throw unknownFault(number)
      const { stage, unit } = foldOrder(number, await selectEvents(tx, number), calendar)
      if (stage !== 'closed') throw openFault(stage)
      await forgets(tx, number)
      await deleteOrder(tx, number)
      await insertErasure(tx, number, by, clock.now())
      await jobs.enqueue(tx, orderErasedQueue, { order: number })
      await tellChange(tx, number, [unit])
    })

  /** Does it in a transaction that somebody else began. */
  async function act(tx: Queries, number: OrderNumber, command: Command, by: Actor): Promise<Order> {
    const locked = await lockOrder(tx, number)
    if (!locked) throw unknownFault(number)
    const before = foldOrder(number, await selectEvents(tx, number), calendar)
    const asked = context(by)
    const decision = decide(before, command, asked)
    // Nodes differ by a little; within an order time stands still rather than running back.
    const events = eventsOf(decision, before.seq, Math.max(asked.atMs, before.lastAtMs), by)
    const after = events.reduce((order, event) => happen(order, event, calendar), before)
    const marks = marksOf(after)
    if (events.length > 0) await insertEvents(tx, number, events)
    await updateOrder(tx, after, marks)
    await follow(tx, after, decision.notices, locked.nextMarkAt?.getTime(), marks.nextMarkAtMs)
    if (events.length > 0) await tellChange(tx, number, [before.unit, after.unit])
    if (events.some(({ kind }) => kind === 'closed')) await owes(tx, closingOf(after))
    return after
  }

  /** What comes of it besides: texts, and a job at the next mark. One that waits for another time finds nothing due. */
  async function follow(
    tx: Queries,
    order: Order,
    notices: readonly Notice[],
    wasNextMs: number | undefined,
    nextMs: number | undefined,
  ): Promise<void> {
    if (nextMs !== undefined && nextMs !== wasNextMs)
      await jobs.enqueue(tx, orderClockQueue, { order: order.number }, { atMs: nextMs })
    for (const notice of notices)
      for (const phone of phonesOf(notice, order, rules))
        await jobs.enqueue(tx, orderTextQueue, {
          order: order.number,
          phone,
          kind: notice.kind,
          percent: notice.kind === 'warning' ? notice.percent : undefined,
        })
  }

  const marksOf = (order: Order) => {
    const nextMarkAtMs = nextMarkAt(order, calendar)
    return {
      ...lightsOf(order.clocks, calendar),
      nextMarkAtMs,
    }
  }

  return {
    make,
    may,
    actIn: act,
    erase,
    act: (number: OrderNumber, command: Command, by: Actor) =>
      database.transaction(tx => act(tx, number, command, by)),
    answered: (tx: Queries, number: OrderNumber, answer: Answer) =>
      act(tx, number, { do: 'answer', ...answer }, house),
    tick: (number: OrderNumber, job: Pick<Job<unknown>, 'settle'>) =>
      database.transaction(async tx => {
        await act(tx, number, { do: 'tick' }, house)
        await job.settle(tx)
      }),
  }
}

const eventsOf = (decision: Decision, seq: number, atMs: number, by: Actor): readonly OrderEvent[] =>
  decision.happenings.map((happening, index) => ({
    ...happening,
    seq: seq + index + 1,
    atMs,
    // An answer is the citizen's; what it opens is the house's doing, as are warnings.
    by,
  }))

function closingOf(order: Order): ClosedOrder {
  const { number, cycle, contact, elder, language, lastAtMs, unit, category, street } = order
  return { order: number, cycle, contact, elder, language, closedAtMs: lastAtMs, unit, category, street }
}

function phonesOf({ to }: Notice, order: Order, { units, supervision }: OrderRules): readonly string[] {
  const unit = units.get(order.lead ?? order.unit)
  if (to === 'unit') return unit?.phones ?? []
  return to === 'street' ? (unit?.supervisors ?? []) : supervision[to]
}

const twinFault = (number: OrderNumber) =>
  new Fault({
    code: 'order-open-already',
    place: 'category',
    found: `order ${grouped(number)} of this caller about the same, still open`,
    expected: 'what the caller says now added to that one',
  })

const openFault = (stage: string) =>
  new Fault({
    code: 'order-stage',
    place: 'order',
    found: `an order that is ${stage}`,
    expected: 'a closed one',
  })

export const unknownFault = (number: OrderNumber) =>
  new Fault({
    code: 'order-unknown',
    place: 'number',
    found: grouped(number),
    expected: 'the number of an order that is here',
  })
