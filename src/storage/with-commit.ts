import type { SQL } from 'drizzle-orm/sql'
import type { Queries } from './database.ts'

type Last = () => SQL

/** The last statements of each open transaction. */
const waiting = new WeakMap<Queries, Last[]>()

/**
 * Runs a statement at the very end of the transaction, in one message with its commit. This is for rows that other
 * transactions would wait for, and for rows that nobody in this transaction reads.
 * @param tx the queries that `transaction` passed to its work
 * @param last gives the statement; called once the work is done
 */
export function withCommit(tx: Queries, last: Last): void {
  const mine = waiting.get(tx)
  if (!mine) throw new Error('not in a transaction')
  mine.push(last)
}

/** Runs the work of a transaction, and adds its last statements to `last`. */
export async function gatheringLast<T>(
  tx: Queries,
  last: SQL[],
  work: (tx: Queries) => Promise<T>,
): Promise<T> {
  const mine: Last[] = []
  waiting.set(tx, mine)
  const result = await work(tx)
  waiting.delete(tx)
  last.push(...mine.map(one => one()))
  return result
}
