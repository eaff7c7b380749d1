import { join } from 'node:path'
import { type Callers, type Contact, createNumberChecks, deleteChecks, dialable } from '../callers/index.ts'
import { type Calendar, type City, createCalendar } from '../city/index.ts'
import { type Clock, Fault, type Log } from '../foundation/index.ts'
import type {
  FrontDeskDoors,
  OrderActor,
  NewOrderRequest as OrderAsked,
  OrderDetail,
  OrderSummary as OrderShown,
} from '../http/index.ts'
import type { Jobs } from '../jobs/index.ts'
import {
  type Actor,
  type ClosedOrder,
  type Command,
  dueAt,
  keepsInFolder,
  latenessMs,
  levelOf,
  lightAt,
  lightsOf,
  type NewOrder,
  type Order,
  type OrderEvent,
  type OrderLine,
  type OrderRules,
  type OrderScreens,
  type Orders,
  openOrderScreens,
  openOrders,
  readOrderNumber,
} from '../orders/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import { findCall, hasRung, normaliseNumber, type StoredJournal } from '../telephony/index.ts'
import type { TextSender } from '../texts/index.ts'
import { contactDoors } from './order-contact.ts'

type House = {
  readonly settings: Pick<Settings, 'DATA_DIR'>
  readonly rules: OrderRules
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly callers: Pick<Callers, 'find'>
  readonly journal: Pick<StoredJournal, 'flush'>
  readonly texts: TextSender
  readonly city: City
  readonly clock: Clock
  readonly log: Log
  /** When an order is closed, this is owed in the same transaction. */
  owes(queries: Queries, closed: ClosedOrder): Promise<void>
  /** When an order is erased, this goes in the same transaction. */
  forgets(queries: Queries, order: string): Promise<void>
}

export type OrderOffice = {
  readonly orders: Orders
  readonly screens: OrderScreens
  readonly doors: FrontDeskDoors['orders']
}

/** When somebody writes an order or works on one, the orders know it; when its time is used up, a text says so. */
export function openOrderOffice(house: House): OrderOffice {
  const { settings, rules, database, texts, city, clock } = house
  const calendar = createCalendar(city)
  const written = (number: string) => writtenAt(city, number)
  const evidence = keepsInFolder(join(settings.DATA_DIR, 'evidence'))
  const orders = openOrders({
    ...house,
    calendar,
    timeZone: city.timeZone,
    evidence,
    send: texts.send,
    async forgets(queries, order) {
      await house.forgets(queries, order)
      await deleteChecks(queries, order)
    },
  })
  const screens = openOrderScreens({
    database,
    clock,
    log: house.log,
    unitOf: member => (member?.role === 'unit' ? (unitId(member.unit, rules) ?? '') : undefined),
  })
  const checks = createNumberChecks({ database, clock, send: texts.send })
  const shown = (order: Order, events: readonly OrderEvent[], reader: OrderActor) =>
    detailOf(order, events, reader, calendar, clock.now())
  const detail = async (number: Order['number'], reader: OrderActor) => {
    const { order, events } = await orders.show(number)
    return shown(order, events, reader)
  }

  /** @throws Fault where one of a unit asks for another unit's. */
  async function readable(number: string, asking: OrderActor) {
    const reader = unitKnown(asking, rules)
    const found = await orders.show(readOrderNumber(number))
    const { unit, lead, supports } = found.order
    if (reader.role !== 'unit' || [unit, lead, ...supports.map(one => one.unit)].includes(reader.unit))
      return found
    throw fault('order-of-another-unit', 'number', `"${reader.unit}"`, `"${unit}", which has it`)
  }

  const doors: FrontDeskDoors['orders'] = {
    rules: () => rulesShown(rules),
    async list({ unit, stage, returned, light, caller, call, after, limit }, asking) {
      const reader = unitKnown(asking, rules)
      const own = reader.role === 'unit' ? (reader.unit ?? '') : unit
      if (call !== undefined && reader.role !== 'unit')
        return doors.list({ caller: (await callIn(call)).caller, limit }, reader)
      if (caller !== undefined && reader.role !== 'unit')
        return {
          orders: (await orders.ofCaller(written(caller), limit)).map(line => lineOf(line, clock.now())),
        }
      const lines = await orders.list({
        closed: stage === 'closed',
        unit: own,
        stage: stage === undefined || stage === 'closed' ? undefined : stage,
        returned: returned === undefined ? undefined : true,
        light,
        after: after === undefined ? undefined : placeOf(after),
        limit: limit + 1,
      })
      const page = lines.slice(0, limit)
      const last = page.at(-1)
      return {
        orders: page.map(line => lineOf(line, clock.now())),
        next: lines.length > page.length && last ? placeAfter(last) : undefined,
      }
    },
    async show(number, asking) {
      const found = await readable(number, asking)
      return shown(found.order, found.events, asking)
    },
    async make(asked, by) {
      const order = await orders.make(await told(asked, house), actorOf(by), asked.anyway)
      return detail(order.number, by)
    },
    async act(number, act, asking) {
      const by = unitKnown(asking, rules)
      const order = await orders.act(readOrderNumber(number), act as Command, actorOf(by))
      return detail(order.number, by)
    },
    contact: contactDoors({ orders, checks, detail }),
    evidence: {
      mostBytes: () => rules.evidence.mostMegabytes * 1024 * 1024,
      async add(number, files, asking) {
        const by = unitKnown(asking, rules)
        await orders.showEvidence(readOrderNumber(number), files, actorOf(by))
        return detail(readOrderNumber(number), by)
      },
      async open(number, hash, asking) {
        const { order } = await readable(number, asking)
        return orders.openEvidence(order.number, hash)
      },
    },
    erase: (number, by) => orders.erase(readOrderNumber(number), { role: 'supervisor', person: by }),
  }
  return { orders, doors, screens }

  /** What a call and its number say of themselves is not asked of the seat. */
  async function told(asked: Omit<OrderAsked, 'by'>, { callers }: House): Promise<NewOrder> {
    const { contact, anyway: _, ...rest } = asked
    const call = asked.call === undefined ? undefined : await callIn(asked.call)
    const caller = call?.caller ?? written(asked.caller ?? '')
    const known = await callers.find(caller)
    return {
      language: known.language,
      elder: known.elder,
      ...rest,
      caller,
      contact: await contactOf(contact, caller),
      rangAtMs: call ? call.invitedAt.getTime() : undefined,
    }
  }

  async function callIn(id: string) {
    // A call that is up may not be written yet.
    await house.journal.flush()
    const found = await findCall(database, id)
    if (found?.call.direction === 'in') return found.call
    throw fault('call-unknown', 'call', `"${id}"`, 'the id of a call that came in')
  }

  async function contactOf(asked: OrderAsked['contact'], caller: string): Promise<Contact> {
    if (asked?.mode === 'none' || (asked === undefined && caller === '')) return { mode: 'none' }
    const number = asked?.number === undefined ? caller : written(asked.number)
    const mode = asked?.mode ?? 'voice'
    if (number === '')
      throw fault('number-missing', 'body.contact.number', 'nothing', 'a number, or mode none')
    return mode === 'voice' ? vouched(number) : { mode, number }
  }

  /** Nobody chooses whom we ring: a number may be rung because it rang us, or because somebody made sure of it. */
  async function vouched(number: string): Promise<Contact> {
    if (await hasRung(database, number)) return { mode: 'voice', number: dialable(number, 'rang-us') }
    return (await checks.isVerified(number))
      ? { mode: 'voice', number: dialable(number, 'was-verified') }
      : { mode: 'unverified', number }
  }
}

const actorOf = ({ role, person, unit }: OrderActor): Actor => ({
  role,
  person,
  unit,
})

/** People write a number down as they key it; calls, wishes not to be rung and orders are under its E.164 form. */
const writtenAt = (city: City, number: string) => normaliseNumber(number, city)

/** Who signs in may have been given their unit by its name. */
function unitKnown(actor: OrderActor, rules: OrderRules): OrderActor {
  const unit = unitId(actor.unit, rules)
  return unit === undefined ? actor : { ...actor, unit }
}

const unitId = (unit: string | undefined, { units }: OrderRules) =>
  [...units.values()].find(({ name }) => name === unit)?.id ?? unit

function lineOf({ rangAt, changedAt, yellowAt, redAt, ...line }: OrderLine, nowMs: number): OrderShown {
  const redAtMs = redAt?.getTime()
  return {
    ...line,
    light: lightAt({ yellowAtMs: yellowAt?.getTime(), redAtMs }, nowMs),
    rangAtMs: rangAt.getTime(),
    changedAtMs: changedAt.getTime(),
    dueAtMs: redAtMs,
  }
}

/** Where the next page begins: after this moment and number. */
const placeAfter = ({ stage, changedAt, redAt, number }: OrderLine) =>
  `${(stage === 'closed' ? changedAt : redAt)?.getTime() ?? 0}-${number}`
function placeOf(after: string) {
  const [at = '', number = ''] = after.split('-')
  return { atMs: Number(at), number }
}

function detailOf(
  order: Order,
  events: readonly OrderEvent[],
  reader: OrderActor,
  calendar: Calendar,
  nowMs: number,
): OrderDetail {
  const lights = lightsOf(order.clocks, calendar)
  const { number, stage, cycle, unit, category, urgency, elder, street, matter, place, rangAtMs } = order
  return {
    order: {
      number,
      stage,
      cycle,
      unit,
      category,
      urgency,
      elder,
      street,
      matter,
      place,
      rangAtMs,
      light: lightAt(lights, nowMs),
      changedAtMs: order.lastAtMs,
      dueAtMs: lights.redAtMs,
    },
    // A unit reaches the citizen the way they wished, and need not know more.
    caller: reader.role === 'unit' ? '' : order.caller,
    contact: order.contact,
    language: order.language,
    clocks: order.clocks.map(clock => ({
      name: clock.name,
      startedAtMs: clock.startMs,
      dueAtMs: dueAt(clock, calendar),
      doneAtMs: clock.doneAtMs,
      lateMs: latenessMs(clock, nowMs, calendar),
    })),
    evidence: order.evidence,
    level: levelOf(Math.max(0, ...order.warned.map(key => Number(key.split(' ')[1])))),
    events: events.map(({ seq, atMs, kind, by, ...data }) => ({
      seq,
      atMs,
      kind,
      by,
      data: dataFor(reader, data),
    })),
  }
}

/** What an event says, without the caller's number where a unit reads it. */
const dataFor = (reader: OrderActor, data: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const { caller, ...rest } = data
  return reader.role === 'unit' || caller === undefined ? rest : { ...rest, caller }
}

const rulesShown = ({ profile, units, categories, evidence }: OrderRules) => ({
  profile: profile.name,
  mostExtensionDays: profile.extension.mostDays,
  evidence,
  units: [...units.values()].map(({ id, name }) => ({ id, name })),
  categories: [...categories.values()],
})

const fault = (code: string, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
