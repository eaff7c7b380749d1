import type { Queries } from './database.ts'

type Last = () => Promise<unknown>

/** Of each transaction that is open: what is to be done last in it. */
const waiting = new WeakMap<Queries, Last[]>()

/**
 * Does this last of all in the transaction, after all that anybody does in it: for what others would wait for.
 * @param tx as `transaction` gave it
 */
export function beforeCommit(tx: Queries, last: Last): void {
  const mine = waiting.get(tx)
  if (!mine) throw new Error('not in a transaction')
  mine.push(last)
}

/** The work of a transaction with what is to be done last in it. */
export async function withLast<T>(tx: Queries, work: (tx: Queries) => Promise<T>): Promise<T> {
  const mine: Last[] = []
  waiting.set(tx, mine)
  const result = await work(tx)
  waiting.delete(tx)
  for (const last of mine) await last()
  return result
}
