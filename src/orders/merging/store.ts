import { z } from 'zod'
import { listed, type Queries, sql } from '../../storage/index.ts'
import type { OrderNumber } from '../number.ts'
import { callersOf, lineColumns, lineRow, lockOrder, type OrderLine } from '../store.ts'

const memberRow = z.object({
  number: z.string() as unknown as z.ZodType<OrderNumber>,
  contact: z.string(),
})
/** A merged order, and the number at which its citizen is reached. */
export type MergedOrder = Readonly<z.output<typeof memberRow>>

/** The orders now merged into an order. */
export const selectMembers = (queries: Queries, lead: OrderNumber): Promise<readonly MergedOrder[]> =>
  queries.query(
    sql`select number, contact from orders where merged_into = ${lead} and stage = 'merged' order by number`,
    memberRow,
  )

const leadRow = z.object({ into: z.string().nullable() })

/**
 * Locks an order together with its lead until the transaction ends: leads before their members and, for a merging,
 * the smaller number first, so that no two transactions deadlock.
 */
export async function lockTogether(
  queries: Queries,
  number: OrderNumber,
  into: OrderNumber | undefined,
): Promise<void> {
  if (into !== undefined) {
    for (const one of [number, into].toSorted()) await lockOrder(queries, one)
    return
  }
  const [row] = await queries.query(
    sql`select merged_into as "into" from orders where number = ${number} and merged_into is not null`,
    leadRow,
  )
  if (row?.into) await lockOrder(queries, row.into as OrderNumber)
}

const callersRow = z.object({ callers: z.coerce.number() })

/** How many different callers an order is handled for, closed ones included. */
export async function countCallers(queries: Queries, number: OrderNumber): Promise<number> {
  const [row] = await queries.query(
    sql`select ${callersOf} as callers from orders where number = ${number}`,
    callersRow,
  )
  return row?.callers ?? 1
}

/** Orders merged into this one or closed with it, and the other related orders. */
export const selectTogether = (
  queries: Queries,
  number: OrderNumber,
  others: readonly string[],
): Promise<readonly OrderLine[]> =>
  queries.query(
    sql`select ${lineColumns} from orders where merged_into = ${number} or number in ${listed(others)} order by number`,
    lineRow,
  )
