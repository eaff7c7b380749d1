import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { Erased } from '../event-store.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import { type ErasureShown, erasureReasonSchema } from './api.ts'

/** Writes a request waiting for a second person, or removes it once decided. */
export async function putErasure(queries: Queries, { number, erasure }: Order): Promise<void> {
  await queries.execute(sql`delete from order_erasures where number = ${number}`)
  if (!erasure) return
  const { because, askedBy, askedAtMs } = erasure
  await queries.execute(sql`
    insert into order_erasures (number, because, asked_by, asked_at)
    values (${number}, ${because}, ${askedBy}, ${new Date(askedAtMs)})`)
}

export async function insertErasure(
  queries: Queries,
  number: OrderNumber,
  { by, atMs, asked }: Erased,
): Promise<void> {
  await queries.execute(sql`delete from order_erasures where number = ${number}`)
  await queries.execute(sql`
    insert into order_erasures (number, at, actor, because, asked_by, asked_at)
    values (${number}, ${new Date(atMs)}, ${JSON.stringify(by)}::jsonb, ${asked?.because ?? null}, ${asked?.askedBy ?? null},
      ${asked ? new Date(asked.askedAtMs) : null})`)
}

/** The row as `reported` rebuilds it. */
export const erasureRow = (number: string, asked: Order['erasure'], erased?: Omit<Erased, 'asked'>) => ({
  number,
  at: erased ? new Date(erased.atMs) : null,
  actor: erased?.by ?? null,
  because: asked?.because ?? null,
  asked_by: asked?.askedBy ?? null,
  asked_at: asked ? new Date(asked.askedAtMs) : null,
})

const mostShown = 200
const row = z.object({
  order: z.string(),
  at: z.date().nullable(),
  by: z.string().nullable(),
  because: erasureReasonSchema.nullable(),
  askedBy: z.string().nullable(),
  askedAt: z.date().nullable(),
})

/** Requests waiting for a second person first, then the latest. */
export async function selectErasures(queries: Queries): Promise<readonly ErasureShown[]> {
  const rows = await queries.query(
    sql`select number as "order", at, actor->>'person' as by, because, asked_by as "askedBy", asked_at as "askedAt"
      from order_erasures order by at is not null, coalesce(at, asked_at) desc, number limit ${mostShown}`,
    row,
  )
  return rows.map(({ order, at, by, because, askedBy, askedAt }) => ({
    order,
    because: because ?? undefined,
    askedBy: askedBy ?? undefined,
    askedAtMs: askedAt?.getTime(),
    erased: at === null ? undefined : { by: by ?? '', atMs: at.getTime() },
  }))
}
