import { listed, type Queries, sql } from '../storage/index.ts'
import { enoughLike, likenessOf } from '../triage/index.ts'
import { lineColumns, lineRow, type OrderLine, runs } from './store.ts'

/** So many of the latest open orders of a street are looked at: a text is held against each in some 20 µs. */
const mostLooked = 300
const mostShown = 5

/** A demand as it is being written down. */
export type NearAsked = {
  readonly street?: string | undefined
  readonly matter: string
  readonly kind?: string | undefined
  /** Numbers of orders of whoever tells it. */
  readonly own?: readonly string[] | undefined
}
export type Near = {
  readonly lines: readonly OrderLine[]
  /** Numbers out of `own`. */
  readonly own: readonly string[]
}

/**
 * Open orders of the same street that may be about the same thing, the likest first: a burst pipe is told by everybody who
 * lives beside it. Of the same kind, or told in like words. Beside them those of the same caller that are told in like
 * words, whatever kind somebody took for them.
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
