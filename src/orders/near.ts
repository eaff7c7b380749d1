import { listed, type Queries, sql } from '../storage/index.ts'
import { enoughLike, likenessOf } from '../triage/index.ts'
import { lineColumns, lineRow, type OrderLine, runs } from './store.ts'

/** How many of a street's latest open orders are compared: some 20 µs each. */
const mostLooked = 300
const mostShown = 5

/** A demand while it is being written. */
export type NearAsked = {
  readonly street?: string | undefined
  readonly matter: string
  readonly kind?: string | undefined
  /** Numbers of the caller's own orders. */
  readonly own?: readonly string[] | undefined
}
export type Near = {
  readonly lines: readonly OrderLine[]
  /** Numbers from `own`. */
  readonly own: readonly string[]
}

/**
 * Open orders on the same street that may be about the same matter, the most similar first: a burst pipe is
 * reported by all its neighbours. They have the same kind or similar words. In addition, the caller's own orders in
 * similar words, whatever kind they were given.
 */
export async function openNear(
  queries: Queries,
  { street, matter, kind, own = [] }: NearAsked,
): Promise<Near> {
  const openOf = (where: ReturnType<typeof sql>) =>
    queries.query(
      sql`select ${lineColumns} from orders where ${runs} and ${where} order by number desc limit ${mostLooked}`,
      lineRow,
    )
  const ofStreet = street === undefined ? [] : await openOf(sql`street = ${street}`)
  const ofCaller = own.length === 0 ? [] : await openOf(sql`number in ${listed(own)}`)
  const lines = ofStreet
    .map(line => ({
      line,
      like: likenessOf(line.matter, matter),
      isSame: kind !== undefined && line.kind === kind,
    }))
    .filter(({ like, isSame }) => isSame || like >= enoughLike)
    .toSorted((one, other) => other.like - one.like)
    .slice(0, mostShown)
    .map(({ line }) => line)
  const alike = ofCaller.filter(line => likenessOf(line.matter, matter) >= enoughLike)
  return { lines, own: alike.map(({ number }) => number) }
}
