import { join } from 'node:path'
import { type Callers, createNumberChecks } from '../callers/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import { type City, createCalendar, type Gazetteer } from '../city/index.ts'
import { type Figure, type Log, newSecret, type Part, type SocketMount } from '../foundation/index.ts'
import { type Handler, handle } from '../jobs/index.ts'
import type { Forgetter, Queries } from '../storage/index.ts'
import type { CallRecords } from '../telephony/index.ts'
import type { Text } from '../texts/index.ts'
import type { OrderCommand } from './acting/api.ts'
import { type ActionDependencies, createActions } from './actions.ts'
import { createQuestionLinks, type QuestionLinks } from './asking/links.ts'
import { type ClosingChecks, createClosingChecks } from './checking/sample.ts'
import { createOrderContact, type OrderContact } from './contact.ts'
import { type Consulted, countConsultations, countOrders } from './counts.ts'
import { callIn, demandOf, kindNameOf, kindsNamed, matterOf, writtenNumber } from './demand.ts'
import { createOrderDispatching, type OrderDispatching } from './dispatching/dispatch-of-order.ts'
import { placesOf } from './dispatching/dispatch-subject.ts'
import { createDispatchDrafting } from './dispatching/drafting.ts'
import { followSuccession } from './dispatching/follow-succession.ts'
import { createRuledDispatch, type RuledDispatch } from './dispatching/ruled-dispatch.ts'
import { createOrderErasure, type OrderErasure } from './erasing/erasure-of-order.ts'
import type { Actor, Answer } from './event.ts'
import { createOrderEvidence, type OrderEvidence } from './evidence-of-order.ts'
import { keepsInFolder } from './evidence-stores/folder.ts'
import { fault } from './faults.ts'
import { orderFigures } from './figures.ts'
import type { OrderFollower } from './follower.ts'
import { foresee } from './foresee.ts'
import { forgetsOrders } from './holdings.ts'
import type { UnitPeople } from './inbox/api.ts'
import { countPeople } from './inbox/store.ts'
import { orderClockQueue, orderDispatchQueue, orderErasedQueue } from './jobs.ts'
import { listQueryOf, type OrderLines, pageOf, placeIn } from './list.ts'
import type { OrderCounts, OrderListQuery, OrderQuery } from './listing/api.ts'
import type { Foreseen, ForeseeRequest, NewOrderRequest } from './making/api.ts'
import { levelsFor, mayDo } from './may.ts'
import { createOrdersTogether, type OrdersTogether } from './merging/together.ts'
import { type Near, type NearAsked, openNear } from './near.ts'
import { type OrderNumber, readOrderNumber } from './number.ts'
import type { History, Order } from './order.ts'
import { checkReader } from './permit.ts'
import { asSeenBy, lineSeenBy, type SeenHistory, unitIdOf, withUnitId } from './reader.ts'
import { createReturnLedger, type ReturnLedger } from './returning/ledger.ts'
import type { OrderRules } from './rules.ts'
import { openOrderScreens } from './screens.ts'
import { partsOf } from './splitting/splitting.ts'
import { createStatusOf, type OrderStanding } from './status.ts'
import { listOrders, type OrderLine, ordersOfNumber } from './store.ts'
import { createSupervisionLists, type SupervisionLists } from './supervising/lists.ts'
import { tellsOfOrders } from './telling.ts'
import { tellsInWindows } from './texting/digest.ts'
import { unsignedParts } from './unsigned.ts'
import { ordersWithWords, soughtIn } from './word-search.ts'

export type Orders = {
  readonly rules: OrderRules
  /** Members of a unit see their unit's orders only. @throws Fault `call-unknown` */
  list(query: OrderQuery, reader: Actor): Promise<OrderLines>
  /**
   * Consultations of the last `days` days including today, and how many were answered at once. @param unit all
   * units when absent
   */
  consultations(days: number, unit: string | undefined): Promise<readonly Consulted[]>
  /** The whole of a list, page by page, as it stands while it is read. */
  pages(query: OrderListQuery, reader: Actor): AsyncIterable<readonly OrderLine[]>
  /**
   * How a unit's running orders are spread over its people. @param unit ignored for a member of a unit, who gets
   * their own
   */
  people(unit: string | undefined, reader: Actor): Promise<UnitPeople>
  /** Counts of the reader's running orders in each list. */
  counts(reader: Actor): Promise<OrderCounts>
  /** @throws Fault `order-number-wrong`, `order-unknown`, `order-of-another-unit` */
  show(number: string, reader: Actor): Promise<SeenHistory>
  /**
   * Makes an order that is dispatched to its unit, or waits for dispatch.
   * @throws Fault `order-open-already`, `call-unknown`, `category-unknown`, `unit-unknown`, `ring-in-future`,
   * `number-missing`, and what a follower refuses of its draft
   */
  make(asked: NewOrderRequest, by: Actor): Promise<SeenHistory>
  /** The unit and limits that an order would get. @throws Fault as `make` for kind, category, district and unit */
  foresee(asked: ForeseeRequest, by: Actor): Promise<Foreseen>
  /** Open orders on the same street that may be about the same matter. */
  near(told: NearAsked): Promise<Near>
  readonly together: OrdersTogether
  /** The kind's readable name, for example `居民供水·停水`. */
  kindName(code: string | undefined): string | undefined
  /** @throws Fault `order-number-wrong`, `order-unknown`, and what the order's stage, unit or rules refuse */
  act(number: string, command: OrderCommand, by: Actor): Promise<SeenHistory>
  readonly contact: OrderContact
  readonly evidence: OrderEvidence
  readonly erasure: OrderErasure
  readonly dispatching: OrderDispatching & {
    /** Sets the triage that dispatches by rule; nothing is dispatched automatically before. */
    readonly judgeBy: RuledDispatch['judgeBy']
    /** Automatic dispatches by kind, with their reviews. */
    readonly byRule: RuledDispatch['figures']
    readonly drafting: ReturnType<typeof createDispatchDrafting>
  }
  readonly returns: ReturnLedger
  /** What the rules find in closings, and the centre's reviews. */
  readonly closings: ClosingChecks
  /** Instructions at the three levels, and site checks. */
  readonly supervising: SupervisionLists
  /** Units' questions to citizens, as opened by their links. */
  readonly questions: Pick<QuestionLinks, 'open' | 'reply' | 'askPerson'>
  /** The state of an order for flows, by a keyed number; undefined if there is no such order. */
  statusOf(keyed: string): Promise<OrderStanding | undefined>
  /**
   * Records a citizen's answer about a closing, in the transaction that settles the survey. "Not solved" or one of
   * the two worst ratings reopens the order with its old clock.
   */
  answered(queries: Queries, answer: Answer & { readonly order: string }): Promise<Order>
  /** Whether this caller may only be texted, as they said for their latest order: they may be in hiding. */
  isTextOnly(queries: Queries, caller: string): Promise<boolean>
  /** Whether the caller wants to hear nothing about their latest order. */
  isUncontacted(queries: Queries, caller: string): Promise<boolean>
  /** Adds a follower, which takes part in orders' changes from now on. */
  follow(follower: OrderFollower): void
  readonly figures: readonly Figure[]
  /** One part per unit that left orders unsigned past a limit. */
  health(): Promise<readonly Part[]>
  readonly handlers: readonly Handler[]
  readonly sockets: readonly SocketMount[]
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

export type OrdersOptions = Omit<ActionDependencies, 'calendar' | 'store' | 'followers'> & {
  readonly callers: Pick<Callers, 'find'>
  readonly calls: Pick<CallRecords, 'find' | 'hasRung'>
  /** Data folder; files of orders get a folder of their own in it. */
  readonly dataDir: string
  /** Sends a text message. */
  send(text: Text, signal?: AbortSignal): Promise<void>
  readonly city: City
  readonly catalogue: Catalogue
  /** Names of the city's places; none are known when absent. */
  readonly gazetteer?: Gazetteer
  readonly log: Log
  /** Key for citizens' links; when absent, one is made that holds for this process only. */
  readonly linkKey?: Uint8Array
  /** Base URL of the pages. */
  readonly publicUrl?: () => string
}

/** Orders per page of a list written as a file; each page is one statement and some 200 KB. */
const pageOfFile = 500

/** Opens the orders room: making and handling orders, and texts as limits run out. */
export function openOrders(options: OrdersOptions): Orders {
  const { database, rules, city, clock, log, calls, send } = options
  const calendar = createCalendar(city)
  const today = (atMs = clock.now()) => calendar(atMs).date
  const followers: OrderFollower[] = []
  const evidenceFolder = join(options.dataDir, 'evidence')
  const store = keepsInFolder(evidenceFolder)
  const actions = createActions({ ...options, calendar, store, followers: () => followers })
  const checks = createNumberChecks({ database, clock, city, send })
  const unitOf = (actor: Actor) => withUnitId(actor, rules)
  /** The unit whose orders a reader sees, by id; undefined at the centre, which sees all. */
  const ownUnit = (reader: Actor) => (reader.role === 'unit' ? (unitOf(reader).unit ?? '') : undefined)
  const screens = openOrderScreens({
    database,
    clock,
    log,
    unitOf: member => (member?.role === 'unit' ? unitIdOf(member.unit ?? '', rules) : undefined),
  })

  async function show(number: string, asking: Actor): Promise<SeenHistory> {
    const reader = unitOf(asking)
    const found = await actions.history(readOrderNumber(number))
    checkReader(found.order, reader)
    return seenBy(reader, found)
  }

  async function listed(query: OrderQuery): Promise<OrderLines> {
    const asked = listQueryOf(query)
    return pageOf(await listOrders(database, asked, clock.now()), query.limit, asked.sort)
  }
  const before = ({ after }: OrderQuery) => placeIn(after)?.number
  const ofNumber = async (number: string, query: OrderQuery) =>
    pageOf(await ordersOfNumber(database, number, query.limit + 1, before(query)), query.limit, 'latest')

  async function latestModeOf(queries: Queries, caller: string) {
    const [latest] = await ordersOfNumber(queries, caller, 1)
    const found = latest && (await actions.find(readOrderNumber(latest.number), queries))
    return found?.order.contact.mode
  }

  async function withWords(text: string, query: OrderQuery): Promise<OrderLines> {
    const words = soughtIn(text, word => kindsNamed(options.catalogue, word))
    if (words.length === 0)
      throw fault(
        'words-short',
        'query.words',
        'no two of them',
        'two letters or digits or more, side by side',
      )
    const asked = { words, unit: query.unit, before: before(query), limit: query.limit + 1 }
    return pageOf(await ordersWithWords(database, asked), query.limit, 'latest')
  }

  const given = (by: Actor) => ({ by: unitOf(by), atMs: clock.now(), rules, calendar })
  const actOn = (number: OrderNumber, command: OrderCommand, by: Actor) =>
    command.do === 'split'
      ? actions.split(number, command, by, history => partsOf(history, command.parts, { ...options, today }))
      : actions.act(number, dispatching.resolved(command), by)
  const seenBy = (reader: Actor, history: History, isRevealed = false): SeenHistory => ({
    ...asSeenBy(reader, history, city, isRevealed),
    may: mayDo(history.order, given(reader)),
    mayInstruct: levelsFor(history.order, given(reader)),
  })
  const dispatching = createOrderDispatching({ catalogue: options.catalogue, rules, today, show })
  const byRule = createRuledDispatch({ ...options, actions, today })
  const drafting = createDispatchDrafting({ ...options, places: placesOf(city, options.gazetteer), today })
  const succession = followSuccession({ database, rules, clock, log, act: actions.act })
  const linkKey = options.linkKey ?? Buffer.from(newSecret(256), 'base64url')
  const questions = createQuestionLinks({ actions, rules, calendar, clock, linkKey })
  const evidence = createOrderEvidence({ actions, store, rules, unitOf, show, seenBy })
  return {
    rules,
    show,
    evidence,
    contact: createOrderContact(actions, checks, seenBy),
    async list(query, asking) {
      const reader = unitOf(asking)
      if (reader.role === 'unit') {
        const unit = reader.unit ?? ''
        const { lines, next } =
          query.words === undefined
            ? await listed({ ...query, unit })
            : await withWords(query.words, { ...query, unit })
        return { lines: lines.map(line => lineSeenBy(reader, line)), next }
      }
      if (query.call !== undefined) {
        const { caller, proved } = await callIn(query.call, calls)
        return ofNumber(proved === false ? '' : caller, query)
      }
      if (query.caller !== undefined) return ofNumber(writtenNumber(query.caller, city), query)
      if (query.words !== undefined) return withWords(query.words, query)
      return listed(query)
    },
    consultations: (days, unit) => {
      const since = calendar(clock.now() - (days - 1) * 86_400_000).date
      return countConsultations(database, since.slice(2).replaceAll('-', ''), unit)
    },
    async *pages(query, asking) {
      const reader = unitOf(asking)
      const own = reader.role === 'unit' ? { ...query, unit: reader.unit ?? '' } : query
      let after: string | undefined
      do {
        const { lines, next }: OrderLines = await listed({ ...own, after, limit: pageOfFile })
        if (lines.length > 0) yield lines.map(line => lineSeenBy(reader, line))
        after = next
      } while (after !== undefined)
    },
    people: async (unit, asking) => ({
      people: await countPeople(database, ownUnit(asking) ?? unit ?? '', clock.now()),
    }),
    counts: asking => countOrders(database, ownUnit(asking), clock.now()),
    async make(asked, by) {
      const demand = await demandOf(asked, { ...options, today, isVerified: checks.isVerified })
      const { anyway = false, draft, suggested } = asked
      return seenBy(by, await actions.make(demand, by, { anyway, draft, suggested }))
    },
    async foresee(asked, by) {
      const call = asked.call === undefined ? undefined : await callIn(asked.call, calls)
      const known = await options.callers.find(call?.proved === false ? '' : (call?.caller ?? ''))
      const { street = '' } = asked
      const unmade = { caller: '', contact: { mode: 'none' }, matter: '', place: '', street } as const
      const { elder = known.elder } = asked
      const order = {
        ...unmade,
        ...matterOf(asked, { ...options, today }),
        elder,
        rangAtMs: call?.invitedAt.getTime(),
      }
      return foresee(order, { by, atMs: clock.now(), rules, calendar })
    },
    near: told => openNear(database, told),
    together: createOrdersTogether({ database, unitOf, show }),
    kindName: code => kindNameOf(options.catalogue, code),
    async act(number, command, asking) {
      const by = unitOf(asking)
      const done = await actOn(readOrderNumber(number), command, by)
      if (command.do === 'withdraw-evidence') await store.drop(done.order.number, command.hash)
      return seenBy(by, done, command.do === 'reveal')
    },
    erasure: createOrderErasure(actions, database),
    dispatching: { ...dispatching, judgeBy: byRule.judgeBy, byRule: byRule.figures, drafting },
    questions,
    returns: createReturnLedger(options),
    closings: createClosingChecks({ ...options, show }),
    supervising: createSupervisionLists({ ...options, ownUnit }),
    answered: async (queries, { order, ...answer }) =>
      (await actions.answered(queries, readOrderNumber(order), answer)).order,
    statusOf: createStatusOf(actions),
    isTextOnly: async (queries, caller) => (await latestModeOf(queries, caller)) === 'sms',
    isUncontacted: async (queries, caller) => (await latestModeOf(queries, caller)) === 'none',
    follow: follower => void followers.push(follower),
    figures: orderFigures(options),
    health: unsignedParts(options),
    handlers: [
      handle(orderDispatchQueue, ({ data: { order } }) => byRule.dispatch(readOrderNumber(order))),
      handle(orderErasedQueue, ({ data: { order } }) => store.erase(readOrderNumber(order))),
      handle(orderClockQueue, job => actions.tick(readOrderNumber(job.data.order), job)),
      ...tellsOfOrders({ ...options, actions, calendar, questions }),
      tellsInWindows({ ...options, actions, calendar }),
    ],
    sockets: [screens.mount],
    forgetters: forgetsOrders({ ...options, actions, store, evidenceFolder }),
    close: async () => {
      await succession.close()
      await screens.close()
    },
  }
}
