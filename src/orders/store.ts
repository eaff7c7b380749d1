import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import { type Light, orderStageSchema, orderTypeSchema, type Stage, urgencySchema } from './api.ts'
import type { OrderNumber } from './number.ts'
import type { Order } from './order.ts'
import { undecidedIn } from './repeating/telling-apart.ts'

/** Takes the day's next number; none is given twice. */
export async function takeSequence(queries: Queries, day: string): Promise<number> {
  const [row] = await queries.query(
    sql`insert into order_days (day, last) values (${day}, 1)
      on conflict (day) do update set last = order_days.last + 1 returning last`,
    z.object({ last: z.number() }),
  )
  return row?.last ?? 0
}

/**
 * Locks the order until the transaction ends. @returns the time of its next mark; undefined if there is no such
 * order
 */
export async function lockOrder(
  queries: Queries,
  number: OrderNumber,
): Promise<{ readonly nextMarkAt: Date | null } | undefined> {
  const [row] = await queries.query(
    sql`select next_mark_at as "nextMarkAt" from orders where number = ${number} for update`,
    z.object({ nextMarkAt: z.date().nullable() }),
  )
  return row
}

/** Whether any order is at a unit, or was closed there. */
export async function unitHasOrders(queries: Queries, unit: string): Promise<boolean> {
  const [row] = await queries.query(
    sql`select exists (select 1 from orders where unit = ${unit}) as has`,
    z.object({ has: z.boolean() }),
  )
  return row?.has ?? false
}

/** Deletes the order's row; the last event of its stream records the erasure. */
export async function deleteOrder(queries: Queries, number: OrderNumber): Promise<void> {
  await queries.execute(sql`delete from orders where number = ${number}`)
}

export type OrderMarks = {
  readonly yellowAtMs?: number
  readonly redAtMs?: number
  /** Present while the centre has a return to decide. */
  readonly reviewAtMs?: number | undefined
  /** The first deadline of its co-units. */
  readonly taskAtMs?: number | undefined
  readonly nextMarkAtMs?: number
}

const moment = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())

/**
 * The number at which the citizen is to be answered, which may differ from the one that rang; an order is found by
 * either.
 */
export const contactNumberOf = ({ contact }: Pick<Order, 'contact'>): string =>
  contact.mode === 'none' ? '' : contact.number

const helpersOf = ({ grants }: Pick<Order, 'grants'>) => JSON.stringify(grants.map(({ unit }) => unit))

export async function insertOrder(queries: Queries, order: Order, marks: OrderMarks): Promise<void> {
  const { number, seq, stage, cycle, unit, category, street, urgency, elder } = order
  const { caller, matter, place, rangAtMs, madeAtMs, lastAtMs, confidential } = order
  const { type = null, kind = null, district = null } = order
  const contact = contactNumberOf(order)
  await queries.execute(sql`
    insert into orders (number, seq, stage, cycle, unit, category, street, urgency, elder, caller, matter, place,
      rang_at, made_at, changed_at, yellow_at, red_at, next_mark_at, confidential, type, kind, district, contact,
      helpers, copies, like_open, rule_kind, rule_sampled, rule_verdict, person_asked)
    values (${number}, ${seq}, ${stage}, ${cycle}, ${unit}, ${category}, ${street}, ${urgency}, ${elder}, ${caller},
      ${matter}, ${place}, ${moment(rangAtMs)}, ${moment(madeAtMs)}, ${moment(lastAtMs)},
      ${moment(marks.yellowAtMs)}, ${moment(marks.redAtMs)}, ${moment(marks.nextMarkAtMs)}, ${confidential}, ${type}, ${kind}, ${district}, ${contact},
      ${helpersOf(order)}::jsonb, ${JSON.stringify(order.copies)}::jsonb, ${undecidedIn(order)}, null, false, null, false)`)
}

export async function updateOrder(queries: Queries, order: Order, marks: OrderMarks): Promise<void> {
  const { number, seq, stage, cycle, unit, category, returns, lastAtMs, confidential } = order
  const kind = order.kind ?? null
  await queries.execute(sql`
    update orders set seq = ${seq}, stage = ${stage}, cycle = ${cycle}, unit = ${unit},
      category = ${category}, kind = ${kind}, returns = ${returns}, confidential = ${confidential}, helpers = ${helpersOf(order)}::jsonb,
      copies = ${JSON.stringify(order.copies)}::jsonb, rule_kind = ${order.byRule?.kind ?? null},
      rule_sampled = ${order.byRule?.isSampled ?? false}, rule_verdict = ${order.byRule?.verdict ?? null},
      person_asked = ${order.personAsked},
      changed_at = ${moment(lastAtMs)}, yellow_at = ${moment(marks.yellowAtMs)},
      red_at = ${moment(marks.redAtMs)}, review_at = ${moment(marks.reviewAtMs)}, task_at = ${moment(marks.taskAtMs)},
      assignee = ${order.assignee ?? null}, merged_into = ${order.merged?.into ?? null}, like_open = ${undecidedIn(order)}, states_told = ${order.statesTold}, next_mark_at = ${moment(marks.nextMarkAtMs)}
    where number = ${number}`)
}

/** Used when a tick made no event. */
export async function updateNextMark(
  queries: Queries,
  number: OrderNumber,
  atMs: number | undefined,
): Promise<void> {
  await queries.execute(sql`update orders set next_mark_at = ${moment(atMs)} where number = ${number}`)
}

const maybe = <Value extends z.ZodType>(value: Value) =>
  value.nullable().transform(found => found ?? undefined)

export const lineRow = z.object({
  number: z.string() as unknown as z.ZodType<OrderNumber>,
  stage: orderStageSchema,
  cycle: z.number(),
  unit: z.string(),
  category: z.string(),
  type: maybe(orderTypeSchema),
  kind: maybe(z.string()),
  district: maybe(z.string()),
  street: z.string(),
  urgency: urgencySchema,
  elder: z.boolean(),
  confidential: z.boolean(),
  matter: z.string(),
  place: z.string(),
  rangAt: z.date(),
  changedAt: z.date(),
  yellowAt: z.date().nullable(),
  redAt: z.date().nullable(),
  reviewAt: z.date().nullable(),
  ruleKind: maybe(z.string()),
  ruleVerdict: maybe(z.enum(['right', 'reversed'])),
  personAsked: z.boolean(),
  taskAt: z.date().nullable(),
  assignee: maybe(z.string()),
  mergedInto: maybe(z.string()),
  likeOpen: z.number(),
  statesTold: z.number(),
  callers: z.coerce.number(),
})
/** A line of a list of orders. */
export type OrderLine = Readonly<z.output<typeof lineRow>>

/** The condition of the index `orders_to_look`. */
export const toLookAt = sql`rule_kind is not null and rule_verdict is null and (rule_sampled or person_asked)`

/** Running orders: neither closed nor merged. */
export const runs = sql`stage <> 'closed' and stage <> 'merged'`

/** A number that told the same twice counts as one caller. */
export const callersOf = sql`(select count(distinct coalesce(nullif(m.contact, ''), nullif(m.caller, ''), m.number))
    from orders m where m.merged_into = orders.number or m.number = orders.number)`

/** The columns of a line. */
export const lineColumns = sql`number, stage, cycle, unit, category, type, kind, district, street, urgency, elder, confidential, matter, place, rang_at as "rangAt",
  changed_at as "changedAt", yellow_at as "yellowAt", red_at as "redAt", review_at as "reviewAt", task_at as "taskAt", assignee,
  merged_into as "mergedInto", like_open as "likeOpen", states_told as "statesTold", ${callersOf} as callers, rule_kind as "ruleKind", rule_verdict as "ruleVerdict", person_asked as "personAsked"`

/**
 * The sort order of a list: due, by deadline; yellow, by when it turns yellow; review, by the centre's deadline for
 * a return; task, by co-units' deadlines; closed, last closed first; latest, last made first.
 */
export type ListSort = 'due' | 'yellow' | 'review' | 'task' | 'closed' | 'latest'

export type ListQuery = {
  /** All units when absent. */
  readonly unit?: string
  readonly of: 'running' | 'closed' | 'all'
  readonly sort: ListSort
  /** Among running orders. */
  readonly stage?: Exclude<Stage, 'closed'>
  /** Only orders with a return that the centre has to decide. */
  readonly returned?: boolean
  /** Only orders with a co-unit past its limit. */
  readonly silent?: boolean
  /** Only orders of one person; empty for orders without an assignee. */
  readonly person?: string | undefined
  /** Orders that the unit helps with, instead of its own. */
  readonly helping?: boolean
  /** Orders that the unit has a copy of, instead of its own. */
  readonly copied?: boolean
  /** Only automatic dispatches to review: sampled ones, and those where a person was asked for. */
  readonly toLook?: boolean
  /** Only orders that may repeat another, still undecided. */
  readonly repeated?: boolean
  readonly light?: Light
  /** Where the previous page ended. */
  readonly after?: Place
  readonly limit: number
}
type Place = { readonly atMs: number; readonly number: string }

const sorted: Readonly<Record<ListSort, SQL>> = {
  due: sql`red_at, number`,
  yellow: sql`yellow_at, number`,
  review: sql`review_at, number`,
  task: sql`task_at, number`,
  closed: sql`changed_at desc, number desc`,
  latest: sql`number desc`,
}
const beyond: Readonly<Record<ListSort, (place: Place) => SQL>> = {
  due: ({ atMs, number }) => sql`(red_at, number) > (${moment(atMs)}, ${number})`,
  yellow: ({ atMs, number }) => sql`(yellow_at, number) > (${moment(atMs)}, ${number})`,
  review: ({ atMs, number }) => sql`(review_at, number) > (${moment(atMs)}, ${number})`,
  task: ({ atMs, number }) => sql`(task_at, number) > (${moment(atMs)}, ${number})`,
  closed: ({ atMs, number }) => sql`(changed_at, number) < (${moment(atMs)}, ${number})`,
  latest: ({ number }) => sql`number < ${number}`,
}

/**
 * Each list has an index that starts where the page does (`orders-8-lists`), so that the last page is as fast as
 * the first.
 */
export function listOrders(
  queries: Queries,
  {
    unit,
    of,
    sort,
    stage,
    returned,
    silent,
    person,
    helping,
    copied,
    toLook,
    repeated,
    light,
    after,
    limit,
  }: ListQuery,
  nowMs: number,
): Promise<readonly OrderLine[]> {
  const now = moment(nowMs)
  const lights = {
    red: sql`red_at <= ${now}`,
    yellow: sql`yellow_at <= ${now} and red_at > ${now}`,
    green: sql`yellow_at > ${now}`,
  }
  const where = sql.join(
    [
      of === 'all'
        ? sql`true`
        : of === 'closed'
          ? sql`stage = 'closed'`
          : stage === undefined
            ? runs
            : sql`stage <> 'closed'`,
      ...(unit === undefined || helping || copied ? [] : [sql`unit = ${unit}`]),
      ...(helping ? [sql`helpers <> '[]'`] : []),
      ...(helping && unit !== undefined ? [sql`helpers @> ${JSON.stringify([unit])}::jsonb`] : []),
      ...(copied ? [sql`copies <> '[]'`] : []),
      ...(copied && unit !== undefined ? [sql`copies @> ${JSON.stringify([unit])}::jsonb`] : []),
      ...(toLook ? [toLookAt] : []),
      ...(repeated ? [sql`like_open > 0`] : []),
      ...(stage === undefined ? [] : [sql`stage = ${sql.raw(`'${stage}'`)}`]),
      ...(returned ? [sql`review_at is not null`] : []),
      ...(silent ? [sql`task_at <= ${now}`] : []),
      ...(person === undefined ? [] : [person === '' ? sql`assignee is null` : sql`assignee = ${person}`]),
      ...(light === undefined ? [] : [lights[light]]),
      ...(after === undefined ? [] : [beyond[sort](after)]),
    ],
    sql` and `,
  )
  return queries.query(
    sql`select ${lineColumns} from orders where ${where} order by ${sorted[sort]} limit ${limit}`,
    lineRow,
  )
}

/**
 * Orders whose citizen rang from a number or is to be answered there, the latest first. @param before where the
 * previous page ended
 */
export function ordersOfNumber(
  queries: Queries,
  number: string,
  limit: number,
  before?: string,
): Promise<readonly OrderLine[]> {
  const isBefore = before === undefined ? sql`true` : sql`number < ${before}`
  return queries.query(
    sql`select ${lineColumns} from orders where number in (
        (select number from orders where caller = ${number} and caller <> '' and ${isBefore} order by number desc limit ${limit})
        union all
        (select number from orders where contact = ${number} and contact <> '' and contact <> caller and ${isBefore}
          order by number desc limit ${limit}))
      order by number desc limit ${limit}`,
    lineRow,
  )
}

/** The caller and subject of a possible twin. */
export type TwinAsked = {
  readonly caller: string
  /** Code in the catalogue. */
  readonly kind?: string | undefined
  readonly category?: string | undefined
}

/**
 * A running order of this caller with the same kind, or with the same category if one of the two has no kind;
 * undefined if there is none.
 */
export async function selectOpenTwin(
  queries: Queries,
  { caller, kind: known, category = '' }: TwinAsked,
): Promise<OrderNumber | undefined> {
  const kind = known ?? null
  const [row] = await queries.query(
    sql`select number from orders where caller = ${caller} and caller <> '' and stage <> 'closed'
      and (kind = ${kind} or ((kind is null or ${kind}::text is null) and category = ${category} and category <> ''))
      order by number desc limit 1`,
    z.object({ number: z.string() as unknown as z.ZodType<OrderNumber> }),
  )
  return row?.number
}

/** Open orders at one of these units, with it as a co-unit, or with a copy to it. */
export async function selectOpenOf(
  queries: Queries,
  units: readonly string[],
  limit: number,
): Promise<readonly OrderNumber[]> {
  const has = (column: SQL) =>
    sql.join(
      units.map(unit => sql`${column} @> ${JSON.stringify([unit])}::jsonb`),
      sql` or `,
    )
  const found = await queries.query(
    sql`select number from orders where ${runs} and unit in (${sql.join(
      units.map(unit => sql`${unit}`),
      sql`, `,
    )}) union select number from orders where ${runs} and helpers <> '[]' and (${has(sql`helpers`)})
      union select number from orders where ${runs} and copies <> '[]' and (${has(sql`copies`)})
      limit ${limit}`,
    z.object({ number: z.string() as unknown as z.ZodType<OrderNumber> }),
  )
  return found.map(({ number }) => number)
}
