import { z } from 'zod'
import { listed, type Queries, sql } from '../../storage/index.ts'
import type { OrderNumber } from '../number.ts'
import { callersOf, lineColumns, lineRow, lockOrder, type OrderLine } from '../store.ts'

const memberRow = z.object({
  number: z.string() as unknown as z.ZodType<OrderNumber>,
  contact: z.string(),
})
/** An order that is handled with another, and where its citizen is reached. */
export type MergedOrder = Readonly<z.output<typeof memberRow>>

/** Those that are handled with an order now. */
export const selectMembers = (queries: Queries, lead: OrderNumber): Promise<readonly MergedOrder[]> =>
  queries.query(
    sql`select number, contact from orders where merged_into = ${lead} and stage = 'merged' order by number`,
    memberRow,
  )

const leadRow = z.object({ into: z.string().nullable() })

/**
 * Nobody else changes these until the end: whoever leads is locked before those that are handled with it, and of two that
 * are to be merged the smaller number first, so that no two wait for each other.
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

/** How many callers an order is handled for, or was. */
export async function countCallers(queries: Queries, number: OrderNumber): Promise<number> {
  const [row] = await queries.query(
    sql`select ${callersOf} as callers from orders where number = ${number}`,
    callersRow,
  )
  return row?.callers ?? 1
}

/** Those that are handled with an order or were closed with it, and others that it has to do with. */
export const selectTogether = (
  queries: Queries,
  number: OrderNumber,
  others: readonly string[],
): Promise<readonly OrderLine[]> =>
  queries.query(
    sql`select ${lineColumns} from orders where merged_into = ${number} or number in ${listed(others)} order by number`,
    lineRow,
  )
