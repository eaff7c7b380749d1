import { z } from 'zod'
import { type Queries, type SQL, sql } from '../../storage/index.ts'
import type { Happening } from '../event.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import { contactNumberOf, runs } from '../store.ts'
import { likenessIn, type OrderLikeness } from './likeness.ts'
import type { RepeatRules } from './rules.ts'

/** How many of a street's latest open orders are compared with a new one: some 20 µs each. */
const mostLooked = 300
/** As many as a dispatcher will decide on. */
const mostFound = 3
const dayMs = 86_400_000

const groundRow = z.object({
  number: z.string() as unknown as z.ZodType<OrderNumber>,
  matter: z.string(),
  place: z.string(),
  street: z.string(),
  kind: z.string().nullable(),
  caller: z.string(),
  contact: z.string(),
})

export type FoundLike = OrderLikeness & { readonly order: OrderNumber }

/** What of an order is compared with another. */
export const groundOf = (order: Order) => ({ ...order, numbers: [order.caller, contactNumberOf(order)] })

/**
 * Open orders that a new one may repeat, the most similar first, from the same caller or others. Confidential
 * orders are never compared.
 */
async function findLike(queries: Queries, order: Order, rules: RepeatRules): Promise<readonly FoundLike[]> {
  if (order.confidential || order.street === '') return []
  const since = new Date(order.madeAtMs - rules.days * dayMs).toISOString()
  const rows = await openOf(queries, sql`street = ${order.street} and made_at >= ${since}`)
  const ground = groundOf(order)
  return rows
    .flatMap(({ number, caller, contact, kind, ...told }) => {
      const other = { ...told, kind: kind ?? undefined, numbers: [caller, contact] }
      const like = likenessIn(ground, other, rules)
      return like && number !== order.number ? [{ ...like, order: number }] : []
    })
    .toSorted((one, other) => Number(other.isOwn) - Number(one.isOwn) || other.words - one.words)
    .slice(0, mostFound)
}

/** The event that names what it may repeat, for a dispatcher to decide. */
export async function likened(
  queries: Queries,
  made: Order,
  { repeats }: Pick<OrderRules, 'repeats'>,
): Promise<readonly Happening[]> {
  if (made.stage === 'closed') return []
  const orders = await findLike(queries, made, repeats)
  return orders.length === 0 ? [] : [{ kind: 'likened', orders }]
}

const openOf = (queries: Queries, where: SQL) =>
  queries.query(
    sql`select number, matter, place, street, kind, caller, contact from orders
      where ${runs} and not confidential and ${where} order by number desc limit ${mostLooked}`,
    groundRow,
  )
