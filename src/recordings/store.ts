import { z } from 'zod'
import { listed, type Queries, sql } from '../storage/index.ts'
import { type QualitySheet, type RecordingQuery, sheetSchema, spanSchema } from './api.ts'

const moment = z.date().transform(date => date.getTime())
const seats = z.array(z.object({ seat: z.string(), fromMs: z.number() })).readonly()

/** A recording as it is kept; its file's path counts from the folder of recordings. */
export const keptRecording = z.object({
  id: z.string(),
  call: z.string(),
  line: z.string(),
  number: z.string(),
  file: z.string(),
  invitedAtMs: z.number(),
  beganAtMs: z.number(),
  endedAtMs: z.number().nullish(),
  durationMs: z.number(),
  cutBy: z.string().nullish(),
  seats,
  spans: z.array(spanSchema).readonly(),
})
export type KeptRecording = Readonly<z.output<typeof keptRecording>>

const columns = sql`id, call_id as call, line, number, file, invited_at as "invitedAtMs", began_at as "beganAtMs",
  ended_at as "endedAtMs", duration_ms as "durationMs", cut_by as "cutBy", seats, spans`
const times = { invitedAtMs: moment, beganAtMs: moment, endedAtMs: moment.nullish() }
const row = keptRecording.extend(times)
const listRow = row.extend({
  orders: z.array(z.string()).readonly(),
  points: z.int().nullish(),
})
export type ListedRecording = Readonly<z.output<typeof listRow>>

const ordersAndPoints = sql`
  array(select order_number from recording_orders o where o.call_id = recordings.call_id order by 1) as orders,
  (select points from recording_reviews v where v.recording_id = recordings.id order by made_at desc limit 1) as points`

/** As it stands now; one that is over stays so. */
export async function upsertRecording(queries: Queries, one: KeptRecording): Promise<void> {
  await queries.execute(sql`
    insert into recordings (id, call_id, line, number, file, invited_at, began_at, ended_at, duration_ms, cut_by, seats, spans)
    values (${one.id}, ${one.call}, ${one.line}, ${one.number}, ${one.file}, ${at(one.invitedAtMs)}, ${at(one.beganAtMs)},
      ${one.endedAtMs == null ? null : at(one.endedAtMs)}, ${Math.round(one.durationMs)}, ${one.cutBy ?? null},
      ${JSON.stringify(one.seats)}::jsonb, ${JSON.stringify(one.spans)}::jsonb)
    on conflict (id) do update set ended_at = excluded.ended_at, began_at = excluded.began_at,
      duration_ms = excluded.duration_ms, cut_by = excluded.cut_by, seats = excluded.seats, spans = excluded.spans
      where recordings.ended_at is null`)
}
const at = (timeMs: number) => new Date(timeMs)

export async function selectRecording(queries: Queries, id: string): Promise<ListedRecording | undefined> {
  const [found] = await queries.query(
    sql`select ${columns}, ${ordersAndPoints} from recordings where id = ${id}`,
    listRow,
  )
  return found
}

/** The end of the year 9999: what a query may say is later than any column. */
const lastMs = 253_402_300_799_000

/** Newest first. @param numbers ways to write the number; @param seat whose alone */
export function listRecordings(
  queries: Queries,
  query: Omit<RecordingQuery, 'number'> & { readonly numbers?: readonly string[] },
): Promise<readonly ListedRecording[]> {
  const { order, call, seat, numbers, fromMs, untilMs, before, limit } = query
  const most = Math.min(untilMs, lastMs)
  return queries.query(
    sql`select ${columns}, ${ordersAndPoints} from recordings
      where began_at >= ${at(fromMs)} and began_at < ${at(most)}
        and (${call ?? null}::text is null or call_id = ${call ?? null})
        and (${order ?? null}::text is null or call_id in (select call_id from recording_orders where order_number = ${order ?? null}))
        and (${seat ?? null}::text is null or seats @> ${JSON.stringify([{ seat: seat ?? '' }])}::jsonb)
        and (${numbers === undefined} or (number <> '' and number in ${listed(numbers ?? [])}))
        and (${before ?? null}::text is null or (began_at, id) < (select began_at, id from recordings where id = ${before ?? null}))
      order by began_at desc, id desc limit ${limit}`,
    listRow,
  )
}

/** That nobody has ended. */
export const selectRunning = (queries: Queries): Promise<readonly KeptRecording[]> =>
  queries.query(sql`select ${columns} from recordings where ended_at is null`, row)

/** @param isRunning its row may not be written yet; of a call that was never recorded nothing is kept */
export async function insertOrder(
  queries: Queries,
  call: string,
  order: string,
  isRunning: boolean,
): Promise<void> {
  await queries.execute(
    sql`insert into recording_orders (call_id, order_number) select ${call}, ${order}
      where ${isRunning} or exists (select 1 from recordings where call_id = ${call}) on conflict do nothing`,
  )
}

export const selectOfCalls = (
  queries: Queries,
  calls: readonly string[],
): Promise<readonly KeptRecording[]> =>
  queries.query(sql`select ${columns} from recordings where call_id in ${listed(calls)} order by id`, row)

export const selectOld = (
  queries: Queries,
  {
    beforeMs,
    limit,
    held,
  }: { readonly beforeMs: number; readonly limit: number; readonly held: readonly string[] },
): Promise<readonly KeptRecording[]> =>
  queries.query(
    sql`select ${columns} from recordings where began_at < ${at(beforeMs)} and ended_at is not null
      and call_id not in ${listed(held)} order by began_at limit ${limit}`,
    row,
  )

const callRow = z.object({ call: z.string() })
export const selectCallsOfOrders = async (queries: Queries, orders: readonly string[]) =>
  (
    await queries.query(
      sql`select distinct call_id as call from recording_orders where order_number in ${listed(orders)}`,
      callRow,
    )
  ).map(({ call }) => call)
export const selectCallsOfNumbers = async (queries: Queries, numbers: readonly string[]) =>
  (
    await queries.query(
      sql`select distinct call_id as call from recordings where number <> '' and number in ${listed(numbers)}`,
      callRow,
    )
  ).map(({ call }) => call)

/** Its notes and sheets go with it. */
export const deleteRecordings = (queries: Queries, ids: readonly string[]): Promise<number> =>
  queries.execute(sql`delete from recordings where id in ${listed(ids)}`)
/** Of calls of which nothing is kept any more. */
export const deleteOrdersOf = (queries: Queries, calls: readonly string[]): Promise<number> =>
  queries.execute(sql`delete from recording_orders where call_id in ${listed(calls)}
    and call_id not in (select call_id from recordings where call_id in ${listed(calls)})`)

const noteRow = z.object({
  id: z.string(),
  atMs: z.number(),
  text: z.string(),
  by: z.string(),
  madeAtMs: moment,
})
export const selectNotes = (queries: Queries, recording: string) =>
  queries.query(
    sql`select id, at_ms as "atMs", words as text, by, made_at as "madeAtMs" from recording_notes
      where recording_id = ${recording} order by at_ms, id`,
    noteRow,
  )
export async function insertNote(
  queries: Queries,
  note: z.output<typeof noteRow> & { readonly recording: string },
): Promise<void> {
  await queries.execute(sql`insert into recording_notes (id, recording_id, at_ms, words, by, made_at)
    values (${note.id}, ${note.recording}, ${Math.round(note.atMs)}, ${note.text}, ${note.by}, ${at(note.madeAtMs)})`)
}
export const deleteNote = (queries: Queries, recording: string, note: string, by: string | undefined) =>
  queries.execute(sql`delete from recording_notes where id = ${note} and recording_id = ${recording}
    and (${by ?? null}::text is null or by = ${by ?? null})`)

const reviewRow = z.object({
  id: z.string(),
  seat: z.string(),
  sheet: sheetSchema,
  marks: z
    .array(z.object({ criterion: z.string(), points: z.number(), comment: z.string().optional() }))
    .readonly(),
  comment: z.string().nullish(),
  points: z.int(),
  by: z.string(),
  madeAtMs: moment,
  answer: z.string().nullish(),
  answeredAtMs: moment.nullish(),
})
export const selectReviews = (queries: Queries, recording: string, seat: string | undefined) =>
  queries.query(
    sql`select id, seat, sheet, marks, comment, points, by, made_at as "madeAtMs", answer, answered_at as "answeredAtMs"
      from recording_reviews where recording_id = ${recording} and (${seat ?? null}::text is null or seat = ${seat ?? null})
      order by made_at desc, id`,
    reviewRow,
  )
export async function insertReview(
  queries: Queries,
  review: {
    readonly id: string
    readonly recording: string
    readonly seat: string
    readonly sheet: QualitySheet
    readonly marks: readonly object[]
    readonly comment: string | undefined
    readonly points: number
    readonly by: string
    readonly madeAtMs: number
  },
): Promise<void> {
  await queries.execute(sql`
    insert into recording_reviews (id, recording_id, seat, sheet, marks, comment, points, by, made_at)
    values (${review.id}, ${review.recording}, ${review.seat}, ${JSON.stringify(review.sheet)}::jsonb,
      ${JSON.stringify(review.marks)}::jsonb, ${review.comment ?? null}, ${review.points}, ${review.by}, ${at(review.madeAtMs)})`)
}
/** @returns 0 where it is not theirs, or was answered before */
export const answerReview = (
  queries: Queries,
  {
    recording,
    review,
    seat,
    answer,
    atMs,
  }: {
    readonly recording: string
    readonly review: string
    readonly seat: string
    readonly answer: string
    readonly atMs: number
  },
): Promise<number> =>
  queries.execute(sql`update recording_reviews set answer = ${answer}, answered_at = ${at(atMs)}
    where id = ${review} and recording_id = ${recording} and seat = ${seat} and answer is null`)
