import { z } from 'zod'
import { type Forgotten, type Queries, sql } from '../storage/index.ts'

const maybe = <Value extends z.ZodType>(value: Value) =>
  value.nullable().transform(found => found ?? undefined)
const time = z.date().transform(at => at.getTime())
const dateOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))
const ids = z.array(z.string()).readonly()
const wentRow = z.record(
  z.string(),
  z.object({ count: z.number(), stayed: z.custom<NonNullable<Forgotten['stayed']>>(Array.isArray) }),
)

const forgettingRow = z.object({
  id: z.string(),
  mark: z.string(),
  number: z.string(),
  state: z.enum(['asked', 'refused', 'running', 'waiting', 'done']),
  because: z.string(),
  askedBy: z.string(),
  askedAtMs: time,
  decidedBy: maybe(z.string()),
  decidedAtMs: maybe(time),
  endedAtMs: maybe(time),
  calls: ids,
  orders: ids,
  went: wentRow,
})
export type ForgettingRow = Readonly<z.output<typeof forgettingRow>>

const columns = sql`id, mark, number, state, because, asked_by as "askedBy", asked_at as "askedAtMs",
  decided_by as "decidedBy", decided_at as "decidedAtMs", ended_at as "endedAtMs", calls, orders, went`

export const isOpen = sql`state in ('asked', 'running', 'waiting')`

export const selectForgettings = (queries: Queries, limit: number): Promise<readonly ForgettingRow[]> =>
  queries.query(
    sql`select ${columns} from forgettings order by ended_at is not null, id desc limit ${limit}`,
    forgettingRow,
  )

export async function selectForgetting(queries: Queries, id: string): Promise<ForgettingRow | undefined> {
  const [row] = await queries.query(sql`select ${columns} from forgettings where id = ${id}`, forgettingRow)
  return row
}

/** Locks an open request until the transaction ends. */
export async function lockOpen(queries: Queries, mark: string): Promise<ForgettingRow | undefined> {
  const [row] = await queries.query(
    sql`select ${columns} from forgettings where mark = ${mark} and ${isOpen} for update`,
    forgettingRow,
  )
  return row
}

/** The requests of which something still has to be kept. */
export const selectWaiting = (queries: Queries): Promise<readonly { readonly id: string }[]> =>
  queries.query(
    sql`select id from forgettings where state = 'waiting' order by id`,
    z.object({ id: z.string() }),
  )

export async function insertForgetting(
  queries: Queries,
  one: Pick<ForgettingRow, 'id' | 'mark' | 'number' | 'because' | 'askedBy' | 'askedAtMs'>,
): Promise<void> {
  await queries.execute(sql`
    insert into forgettings (id, mark, number, state, because, asked_by, asked_at)
    values (${one.id}, ${one.mark}, ${one.number}, 'asked', ${one.because}, ${one.askedBy}, ${new Date(one.askedAtMs)})`)
}

export async function updateDecided(
  queries: Queries,
  { id, state, decidedBy, decidedAtMs, number, endedAtMs }: ForgettingRow,
): Promise<void> {
  await queries.execute(sql`
    update forgettings set state = ${state}, decided_by = ${decidedBy}, decided_at = ${dateOf(decidedAtMs)},
      number = ${number}, ended_at = ${dateOf(endedAtMs)}
    where id = ${id}`)
}

export async function updateWent(
  queries: Queries,
  { id, state, calls, orders, went, number, endedAtMs }: ForgettingRow,
): Promise<void> {
  await queries.execute(sql`
    update forgettings set state = ${state}, calls = ${JSON.stringify(calls)}::jsonb,
      orders = ${JSON.stringify(orders)}::jsonb, went = ${JSON.stringify(went)}::jsonb, number = ${number},
      ended_at = ${dateOf(endedAtMs)}
    where id = ${id}`)
}

const holdRow = z.object({
  id: z.string(),
  number: z.string(),
  mark: z.string(),
  order: z.string(),
  reason: z.string(),
  by: z.string(),
  atMs: time,
  untilMs: time,
  endedBy: maybe(z.string()),
  endedAtMs: maybe(time),
})
export type HoldRow = Readonly<z.output<typeof holdRow>>

const holdColumns = sql`id, number, mark, order_number as "order", reason, made_by as by, made_at as "atMs",
  until_at as "untilMs", ended_by as "endedBy", ended_at as "endedAtMs"`

/** Holds in force first, then the latest. */
export const selectHolds = (queries: Queries, limit: number): Promise<readonly HoldRow[]> =>
  queries.query(
    sql`select ${holdColumns} from legal_holds order by ended_at is not null, id desc limit ${limit}`,
    holdRow,
  )

export const selectHolding = (queries: Queries, nowMs: number): Promise<readonly HoldRow[]> =>
  queries.query(
    sql`select ${holdColumns} from legal_holds where ended_at is null and until_at > ${new Date(nowMs)} order by id`,
    holdRow,
  )

export async function insertHold(queries: Queries, hold: HoldRow): Promise<void> {
  await queries.execute(sql`
    insert into legal_holds (id, number, mark, order_number, reason, made_by, made_at, until_at)
    values (${hold.id}, ${hold.number}, ${hold.mark}, ${hold.order}, ${hold.reason}, ${hold.by}, ${new Date(hold.atMs)},
      ${new Date(hold.untilMs)})`)
}

/** Lifts a hold. @returns whether it was in force */
export async function endHold(queries: Queries, id: string, by: string, nowMs: number): Promise<boolean> {
  const touched = await queries.execute(sql`
    update legal_holds set ended_by = ${by}, ended_at = ${new Date(nowMs)}, number = ''
    where id = ${id} and ended_at is null`)
  return touched > 0
}

/** Removes the phone numbers from expired holds. */
export async function blankHolds(queries: Queries, nowMs: number): Promise<void> {
  await queries.execute(
    sql`update legal_holds set number = '' where until_at <= ${new Date(nowMs)} and number <> ''`,
  )
}

const sweepRow = z.object({ kind: z.string(), atMs: time, gone: z.number(), total: z.number() })

export const selectSweeps = (queries: Queries) =>
  queries.query(sql`select kind, at as "atMs", gone, total from retention_sweeps`, sweepRow)

export async function noteSweep(queries: Queries, kind: string, gone: number, nowMs: number): Promise<void> {
  await queries.execute(sql`
    insert into retention_sweeps as kept (kind, at, gone, total) values (${kind}, ${new Date(nowMs)}, ${gone}, ${gone})
    on conflict (kind) do update set at = excluded.at, gone = excluded.gone, total = kept.total + excluded.gone`)
}
