import { deleteChecks } from '../callers/index.ts'
import type { Calendar } from '../city/index.ts'
import { type Clock, type Log, reasonOf } from '../foundation/index.ts'
import type { Job, Jobs } from '../jobs/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import type { Piece } from './api.ts'
import { deleteClosings, putClosings } from './checking/store.ts'
import { textsFor } from './citizen-told.ts'
import { closingOf } from './closed-order.ts'
import type { Command, Decision, NewOrder, Notice } from './command.ts'
import { decide } from './decide.ts'
import { checkSecond } from './erasing/erasing.ts'
import { insertErasure, putErasure } from './erasing/store.ts'
import { type Actor, type Answer, house, type OrderEvent } from './event.ts'
import { insertErased, insertEvents, selectEvents } from './event-store.ts'
import type { EvidenceStore } from './evidence-store.ts'
import { openFault, twinFault, unknownFault } from './faults.ts'
import { foldOrder, happen } from './fold.ts'
import type { MadeOrder, OrderFollower } from './follower.ts'
import { orderCitizenQueue, orderClockQueue, orderDispatchQueue, orderErasedQueue } from './jobs.ts'
import { orderMarks } from './marks.ts'
import { consequences } from './merging/consequences.ts'
import { isLeading } from './merging/merged.ts'
import { lockTogether, selectMembers } from './merging/store.ts'
import { decideNew } from './new-order.ts'
import { grouped, type OrderNumber, orderNumberOf, readOrderNumber } from './number.ts'
import type { History, Order } from './order.ts'
import { readersOf } from './permit.ts'
import { likened } from './repeating/finding.ts'
import { deleteReturns, putReturns } from './returning/store.ts'
import type { OrderRules } from './rules.ts'
import { tellChange } from './screens.ts'
import { splitting } from './splitting/split-order.ts'
import {
  deleteOrder,
  insertOrder,
  lockOrder,
  selectOpenTwin,
  takeSequence,
  updateNextMark,
  updateOrder,
} from './store.ts'
import { rises } from './supervising/rising.ts'
import { deleteSupervision, putSupervision } from './supervising/store.ts'
import { createTelling } from './texting/tell.ts'
import { changeKind, deleteWords, insertWords } from './word-store.ts'

export type ActionDependencies = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly ledger: Ledger
  readonly rules: OrderRules
  readonly calendar: Calendar
  readonly clock: Clock
  readonly log: Log
  /** Where the files of orders and drafts are stored. */
  readonly store: Pick<EvidenceStore, 'copy' | 'erase'>
  /** The current followers; called each time, so that followers added later are included. */
  followers(): Iterable<OrderFollower>
}

/** Whether to make it despite an open twin, and the draft that it comes from. */
type Making = Pick<MadeOrder, 'draft' | 'suggested'> & { readonly anyway: boolean }

/**
 * The only writer of this room's tables: one transaction holds the events, the rows of the lists and the jobs that
 * follow.
 */
export function createActions(dependencies: ActionDependencies) {
  const { database, jobs, ledger, rules, calendar, clock, log, store, followers } = dependencies
  const tell = createTelling(dependencies)
  const context = (by: Actor) => ({ by, atMs: clock.now(), rules, calendar })

  /** Undefined if there is no order of this number. */
  async function find(number: OrderNumber, queries: Queries = database): Promise<History | undefined> {
    const events = await selectEvents(ledger, queries, number)
    return events.length === 0 ? undefined : { order: foldOrder(number, events, calendar), events }
  }

  /** @throws Fault `order-unknown` */
  async function history(number: OrderNumber, queries?: Queries): Promise<History> {
    const found = await find(number, queries)
    if (found) return found
    throw unknownFault(grouped(number))
  }

  async function make(order: NewOrder, by: Actor, { anyway, draft, suggested }: Making): Promise<History> {
    const asked = context(by)
    const decision = decideNew(order, asked)
    // Without kind and category there is nothing to compare, so no twin is looked for.
    const twin =
      anyway || (order.kind === undefined && order.category === undefined)
        ? undefined
        : await selectOpenTwin(database, order)
    if (twin !== undefined) throw twinFault(grouped(twin))
    const { date } = calendar(asked.atMs)
    // Outside the main transaction, so that concurrent makers wait only for the counter; a number may stay unused.
    const number = orderNumberOf(date, await takeSequence(database, date))
    const found = await likened(
      database,
      foldOrder(number, eventsOf(decision, 0, asked.atMs, by), calendar),
      rules,
    ).catch((error: unknown) => {
      // Repeats only inform dispatchers; a failed look-up must not stop a demand from being taken.
      log.warn({ reason: reasonOf(error) }, 'not looked for what an order may repeat')
      return []
    })
    const told = { draft, suggested, call: order.call, article: order.answered?.article }
    const { history, isGiven } = await database.transaction(tx =>
      begin(tx, number, { ...decision, happenings: [...decision.happenings, ...found] }, by, told),
    )
    if (draft !== undefined && isGiven) await erased(draft)
    return history
  }

  /** Makes the order in the caller's transaction. */
  async function begin(
    tx: Queries,
    number: OrderNumber,
    decision: Decision,
    by: Actor,
    { draft, suggested, call, article }: Pick<MadeOrder, 'draft' | 'suggested' | 'call' | 'article'>,
  ): Promise<{ readonly history: History; readonly isGiven: boolean }> {
    const atMs = clock.now()
    const events = eventsOf(decision, 0, atMs, by)
    const made = foldOrder(number, events, calendar)
    const marks = marksOf(made)
    await insertOrder(tx, made, marks)
    await insertWords(tx, made)
    await insertEvents(ledger, tx, number, events, marks)
    await follow(tx, made, decision.notices, undefined, marks.nextMarkAtMs)
    await tellCitizen(tx, made, events)
    // As a job, because triage takes its time and may not be ready yet.
    if (made.stage === 'undispatched' && Object.keys(rules.dispatch.automatic.kinds).length > 0)
      await jobs.enqueue(tx, orderDispatchQueue, { order: number })
    const { kind, confidential: isConfidential } = made
    const who = { numbers: numbersOf(made), contact: made.contact.mode, by: by.person, role: by.role, atMs }
    const told = { order: number, call, isConfidential, draft, suggested, kind, article, ...who }
    // An order closed at once takes no files: nobody will work on it.
    const given = made.stage === 'closed' ? undefined : await give(tx, number, draft, by)
    for (const follower of followers()) await follower.made?.(tx, told)
    await tellChange(tx, number, [made.unit])
    return { history: given ?? { order: made, events }, isGiven: given !== undefined }
  }

  /** Moves a draft's files to its order, as given by the citizen; undefined if there are none. */
  async function give(
    tx: Queries,
    order: OrderNumber,
    draft: string | undefined,
    by: Actor,
  ): Promise<History | undefined> {
    const pieces: Piece[] = []
    if (draft !== undefined)
      for (const follower of followers()) pieces.push(...((await follower.filesOf?.(tx, draft)) ?? []))
    if (draft === undefined || pieces.length === 0) return undefined
    for (const { hash } of pieces) await store.copy(draft, order, hash)
    return act(tx, order, { do: 'show-evidence', pieces }, by)
  }
  /** If the draft's folder cannot be removed now, a later sweep removes it. */
  const erased = (draft: string) => store.erase(draft).catch(() => undefined)

  async function actOf(number: OrderNumber, command: Command, by: Actor): Promise<History> {
    const draft = command.do === 'add' ? command.draft : undefined
    let isGiven = false
    const history = await database.transaction(async tx => {
      const given = await give(tx, number, draft, by)
      isGiven = given !== undefined
      return act(tx, number, command, by)
    })
    if (draft !== undefined && isGiven) await erased(draft)
    return history
  }

  /** @throws as `decide`; nothing is written. */
  async function may(number: OrderNumber, command: Command, by: Actor): Promise<void> {
    decide((await history(number)).order, command, context(by))
  }

  /** @param mayErase refuses, or returns who asked for the erasure */
  const erase = (number: OrderNumber, by: Actor, mayErase: (order: Order) => Order['erasure']) =>
    database.transaction(async tx => {
      if (!(await lockOrder(tx, number))) throw unknownFault(grouped(number))
      const { order } = await history(number, tx)
      const asked = mayErase(order)
      if (order.stage !== 'closed') throw openFault(order.stage)
      for (const follower of followers()) await follower.erased?.(tx, number, order.caller)
      await deleteChecks(tx, number)
      const atMs = clock.now()
      await deleteOrder(tx, number)
      await deleteWords(tx, number)
      await deleteReturns(tx, number)
      await deleteClosings(tx, number)
      await deleteSupervision(tx, number)
      await insertErased(ledger, tx, number, { seq: order.seq, by, atMs, asked })
      await insertErasure(tx, number, { by, atMs, asked })
      await jobs.enqueue(tx, orderErasedQueue, { order: number })
      await tellChange(tx, number, readersOf(order))
    })

  /** Acts in the caller's transaction. */
  async function act(
    tx: Queries,
    number: OrderNumber,
    command: Command,
    by: Actor,
    made?: readonly OrderNumber[],
  ): Promise<History> {
    const into = command.do === 'merge' ? readOrderNumber(command.into, 'into') : undefined
    await lockTogether(tx, number, into)
    const locked = await lockOrder(tx, number)
    if (!locked) throw unknownFault(grouped(number))
    const { order: before, events: earlier } = await history(number, tx)
    const asked = { ...context(by), beside: into && (await history(into, tx)).order, made }
    const decision = decide(before, command, asked)
    // Nodes' clocks differ slightly; within an order, time never runs back.
    const done = eventsOf(decision, before.seq, Math.max(asked.atMs, before.lastAtMs), by)
    const then = done.reduce((order, event) => happen(order, event, calendar), before)
    // A rise to a higher level happens by rule, so its actor is the house, whoever caused it.
    const risen = rises(before, then, rules)
    const events = [...done, ...eventsOf(risen, then.seq, then.lastAtMs, house)]
    const after = events.slice(done.length).reduce((order, event) => happen(order, event, calendar), then)
    const marks = marksOf(after)
    if (events.length === 0) await updateNextMark(tx, number, marks.nextMarkAtMs)
    else {
      await insertEvents(ledger, tx, number, events, marks)
      await updateOrder(tx, after, marks)
      if (after.erasure !== before.erasure) await putErasure(tx, after)
      await putReturns(tx, before, after)
      await putClosings(tx, before, after)
      await putSupervision(tx, before, after, calendar)
      if (before.kind !== after.kind) await changeKind(tx, number, before.kind, after.kind)
    }
    await follow(
      tx,
      after,
      [...decision.notices, ...risen.notices],
      locked.nextMarkAt?.getTime(),
      marks.nextMarkAtMs,
    )
    await tellCitizen(tx, after, events)
    if (events.length > 0) await tellChange(tx, number, [...readersOf(before), ...readersOf(after)])
    if (command.do === 'add' || command.do === 'tell-state')
      for (const follower of followers())
        await follower.added?.(tx, { order: number, draft: command.draft, by: by.person, role: by.role })
    for (const event of events)
      if ((event.kind === 'added' || event.kind === 'state-told') && event.call !== undefined)
        for (const follower of followers()) await follower.heard?.(tx, number, event.call)
    if (after.confidential && !before.confidential)
      for (const follower of followers()) await follower.hidden?.(tx, number)
    if (events.length > 0) for (const follower of followers()) await follower.happened?.(tx, after, events)
    if (events.some(event => event.kind === 'closed' && !event.unasked))
      for (const follower of followers()) await follower.closed?.(tx, closingOf(after))
    await actTogether(tx, { before, after, events }, by)
    return { order: after, events: [...earlier, ...events] }
  }

  /** The consequences for orders merged with this one, or for the one that it is merged with. */
  async function actTogether(
    tx: Queries,
    {
      before,
      after,
      events,
    }: { readonly before: Order; readonly after: Order; readonly events: readonly OrderEvent[] },
    by: Actor,
  ): Promise<void> {
    if (events.length === 0) return
    const members = isLeading(before) ? await selectMembers(tx, after.number) : []
    for (const { number, command } of consequences(before, after, events, members))
      await act(tx, number, command, command.do === 'part' ? house : by)
  }

  /** The side effects: texts, and a job at the next mark. A job left over from an earlier mark finds nothing due. */
  async function follow(
    tx: Queries,
    order: Order,
    notices: readonly Notice[],
    wasNextMs: number | undefined,
    nextMs: number | undefined,
  ): Promise<void> {
    if (nextMs !== undefined && nextMs !== wasNextMs)
      await jobs.enqueue(tx, orderClockQueue, { order: order.number }, { atMs: nextMs })
    await tell(tx, order, notices)
  }

  async function tellCitizen(tx: Queries, order: Order, events: readonly OrderEvent[]): Promise<void> {
    for (const kind of textsFor(order, events))
      await jobs.enqueue(tx, orderCitizenQueue, { order: order.number, kind })
  }

  const marksOf = (order: Order) => orderMarks(order, calendar)

  return {
    find,
    history,
    make,
    split: splitting({ may, history, act, begin, context, database, calendar, clock }),
    may,
    actIn: act,
    /** Erases the order because its person is to be forgotten, on which two members agreed. */
    forget: (number: OrderNumber) => erase(number, house, ({ erasure }) => erasure),
    agreeErasure: (number: OrderNumber, by: Actor) =>
      erase(number, by, order => checkSecond(order, by.person)),
    act: actOf,
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
    // A citizen's answer is entered by the house, so the reopening that follows from it is the house's act, too.
    by,
  }))

export type OrderActions = ReturnType<typeof createActions>

const numbersOf = ({ caller, contact }: Order) =>
  [...new Set([caller, contact.mode === 'none' ? '' : contact.number])].filter(Boolean)
