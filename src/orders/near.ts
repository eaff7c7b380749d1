import { type Queries, sql } from '../storage/index.ts'
import { enoughLike, likenessOf } from '../triage/index.ts'
import { lineColumns, lineRow, type OrderLine } from './store.ts'

/** So many of the latest open orders of a street are looked at: a text is held against each in some 20 µs. */
const mostLooked = 300
const mostShown = 5

/** A demand as it is being written down. */
export type NearAsked = {
  readonly street: string
  readonly matter: string
  readonly kind?: string | undefined
}

/**
 * Open orders of the same street that may be about the same thing, the likest first: a burst pipe is told by everybody who
 * lives beside it. Of the same kind, or told in like words.
 */
export async function openNear(
  queries: Queries,
  { street, matter, kind }: NearAsked,
): Promise<readonly OrderLine[]> {
  const open = await queries.query(
    sql`select ${lineColumns} from orders where stage <> 'closed' and street = ${street}
      order by number desc limit ${mostLooked}`,
    lineRow,
  )
  return open
    .map(line => ({
      line,
      like: likenessOf(line.matter, matter),
      isSame: kind !== undefined && line.kind === kind,
    }))
    .filter(({ like, isSame }) => isSame || like >= enoughLike)
    .toSorted((one, other) => other.like - one.like)
    .slice(0, mostShown)
    .map(({ line }) => line)
}
