import type { SQL } from 'drizzle-orm/sql'
import type { Queries } from './database.ts'

type Last = () => SQL

/** Of each transaction that is open: what is to be done last in it. */
const waiting = new WeakMap<Queries, Last[]>()

/**
 * Does this last of all in the transaction, after all that anybody does in it, and in one message with its commit: for
 * what others would wait for, and for what nobody in the transaction reads.
 * @param tx as `transaction` gave it
 * @param last asked once the work is done
 */
export function withCommit(tx: Queries, last: Last): void {
  const mine = waiting.get(tx)
  if (!mine) throw new Error('not in a transaction')
  mine.push(last)
}

/** The work of a transaction. What is to be done last in it is in `last` afterwards. */
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
