import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import type { CallId } from '../telephony/index.ts'
import {
  type CallbackEvent,
  type CallbackQuery,
  callbackEndSchema,
  callbackReasonSchema,
  callbackStateSchema,
} from './api.ts'
import type { Callback, CallbackId } from './callback.ts'
import type { Loss } from './happening.ts'

export const moment = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString())
/** In microseconds: of two INVITEs in the same millisecond, one was first. */
const microsOf = (ms: number) => Math.round(ms * 1000)
const momentAt = (us: number) => sql`'epoch'::timestamptz + ${us}::float8 * interval '1 microsecond'`
export const time = z.date().transform(at => at.getTime())
export const maybe = <Value extends z.ZodType>(value: Value) =>
  value.nullable().transform(found => found ?? undefined)

const lossSchema = z.object({
  call: z.string().transform(id => id as CallId),
  reason: callbackReasonSchema,
  atMs: z.number(),
  invitedAtMs: z.number(),
  message: maybe(z.string()),
  hasVoice: maybe(z.boolean()),
  words: maybe(z.string()),
})

const callbackRow: z.ZodType<Callback> = z.object({
  id: z.string().transform(id => id as CallbackId),
  seq: z.number(),
  state: callbackStateSchema,
  end: maybe(callbackEndSchema),
  number: z.string(),
  proof: z.enum(['rang-us', 'unproved', 'keyed', 'incomplete', 'withheld']),
  unwilling: maybe(z.enum(['opted-out', 'confidential', 'no-contact', 'out-of-reach'])),
  invitedAtMs: z.number(),
  owedAtMs: time,
  promisedAtMs: maybe(time),
  toldAtMs: maybe(time),
  yellowAtMs: time,
  redAtMs: time,
  notBeforeMs: maybe(time),
  warned: maybe(z.enum(['yellow', 'red'])),
  losses: z.array(lossSchema),
  elder: z.boolean(),
  language: z.string(),
  called: z.string(),
  tries: z.array(z.object({ atMs: z.number(), by: z.string() })),
  takenBy: maybe(z.string()),
  takenAtMs: maybe(time),
  leaseUntilMs: maybe(time),
  hasTalked: z.boolean(),
  order: maybe(z.string()),
  endedAtMs: maybe(time),
})

const columns = sql`id, seq, state, "end", number, proof, unwilling,
  (extract(epoch from invited_at) * 1000)::float8 as "invitedAtMs",
  owed_at as "owedAtMs", promised_at as "promisedAtMs", told_at as "toldAtMs", yellow_at as "yellowAtMs", red_at as "redAtMs",
  not_before as "notBeforeMs", warned, elder, language, called, tries, taken_by as "takenBy",
  taken_at as "takenAtMs", talked as "hasTalked", lease_until as "leaseUntilMs", order_number as "order", ended_at as "endedAtMs",
  coalesce((select jsonb_agg(jsonb_build_object('call', call_id, 'reason', reason,
      'atMs', (extract(epoch from at) * 1000)::bigint, 'invitedAtMs', (extract(epoch from l.invited_at) * 1000)::bigint,
      'message', message, 'hasVoice', voice, 'words', words) order by at, call_id)
    from callback_losses l where l.callback_id = callbacks.id), '[]') as losses`

const selectWhere = (queries: Queries, where: SQL): Promise<readonly Callback[]> =>
  queries.query(sql`select ${columns} from callbacks where ${where}`, callbackRow)

export async function selectCallback(queries: Queries, id: string): Promise<Callback | undefined> {
  return (await selectWhere(queries, sql`id = ${id}`))[0]
}

/** Locks the callback until the transaction ends. */
export async function lockCallback(queries: Queries, id: string): Promise<Callback | undefined> {
  await queries.query(sql`select id from callbacks where id = ${id} for update`, z.object({ id: z.string() }))
  return selectCallback(queries, id)
}

/** The open callbacks of this number or for this call, locked. */
export async function lockOwed(
  queries: Queries,
  { number, call }: { readonly number: string; readonly call: string },
): Promise<{ readonly ofNumber?: Callback; readonly ofCall?: Callback }> {
  const where = sql`state <> 'closed' and ((number = ${number} and number <> '')
    or id in (select callback_id from callback_losses where call_id = ${call}))`
  const locked = await queries.query(
    sql`select id from callbacks where ${where} order by id for update`,
    z.object({ id: z.string() }),
  )
  const found = locked.length === 0 ? [] : await selectWhere(queries, where)
  return {
    ofNumber: found.find(one => one.number === number && number !== ''),
    ofCall: found.find(({ losses }) => losses.some(loss => loss.call === call)),
  }
}

/** The reasons already recorded for these calls, open or closed. */
export async function knownReasons(
  queries: Queries,
  calls: readonly CallId[],
): Promise<ReadonlyMap<CallId, ReadonlySet<string>>> {
  const rows = await queries.query(
    sql`select call_id as call, array_agg(reason) as reasons from callback_losses
      where call_id in (select jsonb_array_elements_text(${JSON.stringify(calls)}::jsonb)) group by call_id`,
    z.object({ call: z.string().transform(id => id as CallId), reasons: z.array(z.string()) }),
  )
  return new Map(rows.map(({ call, reasons }) => [call, new Set(reasons)]))
}

/** The time that this number was told for its open callback. */
export async function selectTold(queries: Queries, number: string): Promise<number | undefined> {
  const [found] = await queries.query(
    sql`select told_at as "toldAtMs" from callbacks where number = ${number} and number <> '' and state <> 'closed'`,
    z.object({ toldAtMs: maybe(time) }),
  )
  return found?.toldAtMs
}

export const selectOfNumber = (queries: Queries, number: string) =>
  selectWhere(queries, sql`number = ${number} and number <> ''`)
export const selectOfOrder = (queries: Queries, order: string) =>
  selectWhere(queries, sql`order_number = ${order}`)

export async function insertCallback(
  queries: Queries,
  callback: Callback,
  nextMarkAtMs: number | undefined,
): Promise<void> {
  const { id, number, proof, invitedAtMs, owedAtMs, promisedAtMs, elder, language, called } = callback
  await queries.execute(sql`
    insert into callbacks (id, seq, state, number, proof, unwilling, invited_at, owed_at, promised_at, told_at, yellow_at, red_at,
      elder, language, called, tries, next_mark_at)
    values (${id}, ${callback.seq}, ${callback.state}, ${number}, ${proof}, ${callback.unwilling ?? null},
      ${momentAt(microsOf(invitedAtMs))}, ${moment(owedAtMs)}, ${moment(promisedAtMs)}, ${moment(callback.toldAtMs)}, ${moment(callback.yellowAtMs)},
      ${moment(callback.redAtMs)}, ${elder}, ${language}, ${called}, '[]'::jsonb, ${moment(nextMarkAtMs)})`)
}

/** Updates everything but the losses. */
export async function updateCallback(
  queries: Queries,
  callback: Callback,
  nextMarkAtMs: number | undefined,
): Promise<void> {
  const { id, seq, state, end, number, proof, invitedAtMs, yellowAtMs, redAtMs, tries } = callback
  await queries.execute(sql`
    update callbacks set seq = ${seq}, state = ${state}, "end" = ${end ?? null}, number = ${number}, proof = ${proof},
      invited_at = ${momentAt(microsOf(invitedAtMs))}, yellow_at = ${moment(yellowAtMs)}, red_at = ${moment(redAtMs)},
      promised_at = ${moment(callback.promisedAtMs)}, told_at = ${moment(callback.toldAtMs)}, not_before = ${moment(callback.notBeforeMs)}, warned = ${callback.warned ?? null}, elder = ${callback.elder},
      unwilling = ${callback.unwilling ?? null}, tries = ${JSON.stringify(tries)}::jsonb, first_try_at = ${moment(tries[0]?.atMs)},
      taken_by = ${callback.takenBy ?? null}, taken_at = ${moment(callback.takenAtMs)},
      lease_until = ${moment(callback.leaseUntilMs)}, talked = ${callback.hasTalked},
      order_number = ${callback.order ?? null}, ended_at = ${moment(callback.endedAtMs)},
      next_mark_at = ${moment(nextMarkAtMs)}
    where id = ${id}`)
}

export async function insertLoss(queries: Queries, id: CallbackId, loss: Loss): Promise<void> {
  await queries.execute(sql`
    insert into callback_losses (call_id, reason, callback_id, at, invited_at, message, voice)
    values (${loss.call}, ${loss.reason}, ${id}, ${moment(loss.atMs)}, ${moment(loss.invitedAtMs)},
      ${loss.message ?? null}, ${loss.hasVoice ?? null})
    on conflict (call_id, reason) do update set message = coalesce(excluded.message, callback_losses.message),
      voice = coalesce(excluded.voice, callback_losses.voice)`)
}

/**
 * Stores the words of a message. @returns the callback that holds it; undefined if there is none yet, or the
 * message is gone
 */
export async function writeWords(
  queries: Queries,
  { call, message, words }: { readonly call: string; readonly message: string; readonly words: string },
): Promise<string | undefined> {
  const [found] = await queries.query(
    sql`update callback_losses set words = ${words} where call_id = ${call} and message = ${message}
      returning callback_id as id`,
    z.object({ id: z.string() }),
  )
  return found?.id
}

/** Moves a call's losses to another callback. */
export async function moveLosses(queries: Queries, call: string, to: CallbackId): Promise<void> {
  await queries.execute(sql`update callback_losses set callback_id = ${to} where call_id = ${call}`)
}

export async function deleteLosses(queries: Queries, id: CallbackId): Promise<void> {
  await queries.execute(sql`delete from callback_losses where callback_id = ${id}`)
}

/** Deletes a callback whose losses were moved, as if it had never been. */
export async function deleteCallback(queries: Queries, id: CallbackId): Promise<void> {
  await queries.execute(sql`delete from callback_events where callback_id = ${id}`)
  await queries.execute(sql`delete from callbacks where id = ${id}`)
}

type EventRow = CallbackEvent & { readonly id: CallbackId }

export async function insertEvents(queries: Queries, events: readonly EventRow[]): Promise<void> {
  const rows = events.map(({ atMs, ...event }) => ({ ...event, at: moment(atMs) }))
  await queries.execute(sql`
    insert into callback_events (callback_id, seq, at, kind, by, note)
    select id, seq, at, kind, by, note from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as event (id text, seq integer, at timestamptz, kind text, by text, note text)`)
}

export const selectEvents = (queries: Queries, id: string): Promise<readonly CallbackEvent[]> =>
  queries.query(
    sql`select seq, at as "atMs", kind, by, note from callback_events where callback_id = ${id} order by seq`,
    z.object({ seq: z.number(), atMs: time, kind: z.string(), by: z.string(), note: maybe(z.string()) }),
  )

/** The position after this callback, for the next page. */
export const nextAfter = ({ state, invitedAtMs, endedAtMs = 0, id }: Callback): string =>
  `${microsOf(state === 'closed' ? endedAtMs : invitedAtMs)}.${id}`

/** Returns one more than asked for if another page follows. */
export function listCallbacks(
  queries: Queries,
  { state, light, reason, due, takenBy, limit, after }: CallbackQuery,
  nowMs: number,
): Promise<readonly Callback[]> {
  const now = moment(nowMs)
  const isClosed = state === 'closed'
  const lights = {
    red: sql`red_at <= ${now}`,
    yellow: sql`yellow_at <= ${now} and red_at > ${now}`,
    green: sql`yellow_at > ${now}`,
  }
  const [afterUs = '', afterId = ''] = after?.split('.') ?? []
  const past = sql`(${momentAt(Number(afterUs))}, ${afterId})`
  const where = sql.join(
    [
      isClosed ? sql`state = 'closed'` : sql`state <> 'closed'`,
      ...(state === undefined ? [] : [sql`state = ${state}`]),
      ...(light === undefined ? [] : [lights[light]]),
      ...(reason === undefined
        ? []
        : [
            sql`exists (select from callback_losses l where l.callback_id = callbacks.id and l.reason = ${reason})`,
          ]),
      ...(due ? [sql`state = 'open' and (not_before is null or not_before <= ${now})`] : []),
      ...(takenBy === undefined ? [] : [sql`taken_by = ${takenBy}`]),
      ...(after === undefined
        ? []
        : [isClosed ? sql`(ended_at, id) < ${past}` : sql`(invited_at, id) > ${past}`]),
    ],
    sql` and `,
  )
  const order = isClosed ? sql`ended_at desc, id desc` : sql`invited_at, id`
  return selectWhere(queries, sql`${where} order by ${order} limit ${limit + 1}`)
}

/** The numbers of all open callbacks, and whether they are marked as out of reach. */
export const listNumbers = (queries: Queries) =>
  queries.query(
    sql`select id, number, coalesce(unwilling, '') = 'out-of-reach' as "isMarked" from callbacks
      where state <> 'closed' and number <> '' order by id`,
    z.object({ id: z.string(), number: z.string(), isMarked: z.boolean() }),
  )

/** Callbacks with a call after this moment; all of them without one. */
export const rangSince = (sinceMs: number | undefined): SQL =>
  sinceMs === undefined
    ? sql`true`
    : sql`exists (select from callback_losses l where l.callback_id = callbacks.id and l.invited_at > ${moment(sinceMs)})`

/**
 * Callbacks that a machine may ring, the earliest INVITE first.
 *
 * At night only recent callers are listed: the many who wait for the morning rang before them and would fill the
 * list.
 */
export const listLeadable = (
  queries: Queries,
  {
    nowMs,
    rangSinceMs,
    limit,
  }: { readonly nowMs: number; readonly rangSinceMs: number | undefined; readonly limit: number },
): Promise<readonly Callback[]> =>
  selectWhere(
    queries,
    sql`state = 'open' and proof = 'rang-us' and not talked and unwilling is null and number <> ''
      and (not_before is null or not_before <= ${moment(nowMs)})
      and ${rangSince(rangSinceMs)}
      order by invited_at, id limit ${limit}`,
  )
