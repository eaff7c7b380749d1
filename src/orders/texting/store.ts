import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import { type ToldNotice, toldNoticeSchema } from '../jobs.ts'

/** Texts waiting for a window, one row each, and windows already sent, one row each. */

export type WaitingText = { readonly order: string; readonly told: ToldNotice }
export type TextWindow = { readonly phone: string; readonly atMs: number }

const moment = (ms: number) => new Date(ms).toISOString()

export async function insertWaitingText(
  queries: Queries,
  { phone, atMs }: TextWindow,
  { order, told }: WaitingText,
): Promise<void> {
  await queries.execute(sql`
    insert into order_texts_waiting (phone, at, number, told)
      values (${phone}, ${moment(atMs)}, ${order}, ${JSON.stringify(told)}::jsonb)`)
}

/**
 * Claims the texts that this job sends. The first attempt fixes them, so that every retry sends the same; later
 * texts move to the next window.
 * @param laterMs the next window. @returns the texts, and how many were moved
 */
export async function claimTexts(
  queries: Queries,
  { phone, atMs }: TextWindow,
  job: string,
  laterMs: number,
): Promise<{ readonly texts: readonly WaitingText[]; readonly moved: number }> {
  await queries.execute(sql`delete from order_text_windows where at < ${moment(atMs - keptMs)}`)
  const fresh = await queries.execute(sql`
    insert into order_text_windows (phone, at, job) values (${phone}, ${moment(atMs)}, ${job})
      on conflict (phone, at) do nothing`)
  const late = sql`phone = ${phone} and at = ${moment(atMs)} and job is null`
  const moved =
    fresh === 0
      ? await queries.execute(sql`update order_texts_waiting set at = ${moment(laterMs)} where ${late}`)
      : 0
  if (fresh > 0) await queries.execute(sql`update order_texts_waiting set job = ${job} where ${late}`)
  const texts = await queries.query(
    sql`select number as "order", told from order_texts_waiting where job = ${job} order by id`,
    z.object({ order: z.string(), told: toldNoticeSchema }),
  )
  return { texts, moved }
}

/** Deletes texts once they are sent. */
export async function deleteTexts(queries: Queries, job: string): Promise<void> {
  await queries.execute(sql`delete from order_texts_waiting where job = ${job}`)
}

/** How long a sent window is remembered: longer than any job is retried. */
const keptMs = 7 * 86_400_000
