import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import { lineColumns, lineRow, type OrderLine } from './store.ts'
import { hasAll, ofDays, pairsIn, runsIn, type SoughtWord, spanOfWords } from './word-store.ts'

export type WordsAsked = {
  readonly words: readonly SoughtWord[]
  /** All units when absent. */
  readonly unit?: string
  /** The number at which the previous page ended. */
  readonly before?: string
  readonly limit: number
}

/**
 * The search words, each with the kinds whose names contain it; single characters are left out, since most orders
 * contain them.
 */
export const soughtIn = (text: string, kindsNamed: (word: string) => readonly string[]) =>
  runsIn(text).flatMap((word): readonly SoughtWord[] => {
    const pairs = pairsIn(word)
    return pairs.length === 0 ? [] : [{ pairs, kinds: kindsNamed(word) }]
  })

/**
 * Orders that contain all the words, the latest first. Among millions of orders a word is either rare, and the
 * index finds it, or frequent, and the latest orders contain it. A word frequent in one season can stand in a
 * hundred thousand orders, so index look-ups are limited to spans of days. First the latest orders are scanned,
 * then spans of days by the index, each twice as long as the one before.
 */
export async function ordersWithWords(queries: Queries, asked: WordsAsked): Promise<readonly OrderLine[]> {
  const numbers = await amongLatest(queries, asked)
  const found = numbers.length < asked.limit ? await byDays(queries, asked) : numbers
  if (found.length === 0) return []
  const listed = sql.join(
    found.map(number => sql`${number}`),
    sql`, `,
  )
  return queries.query(
    sql`select ${lineColumns} from orders where number in (${listed}) order by number desc`,
    lineRow,
  )
}

/** Takes some 10 ms; 20 ms for one unit. */
const latest = 2_000
const numberRow = z.object({ number: z.string() })
const numbersOf = (rows: readonly { readonly number: string }[]) => rows.map(({ number }) => number)
const isBefore = (number: string | undefined) => (number === undefined ? sql`true` : sql`number < ${number}`)

async function amongLatest(
  queries: Queries,
  { words, unit, before, limit }: WordsAsked,
): Promise<readonly string[]> {
  const from =
    unit === undefined
      ? sql`(select number, pairs from order_words where ${isBefore(before)} order by number desc limit ${latest}) latest`
      : sql`(select number from orders where unit = ${unit} and ${isBefore(before)} order by number desc limit ${latest}) latest
          join order_words using (number)`
  return numbersOf(
    await queries.query(
      sql`select number from ${from} where ${hasAll(words)} order by number desc limit ${limit}`,
      numberRow,
    ),
  )
}

const dayMs = 86_400_000

/**
 * The index look-up is materialized first and units are filtered afterwards, because the planner estimates words
 * badly.
 */
async function byDays(
  queries: Queries,
  { words, unit, before, limit }: WordsAsked,
): Promise<readonly string[]> {
  const span = await spanOfWords(queries)
  if (!span) return []
  const newestMs = dayOf(before !== undefined && before < span.last ? before : span.last)
  const oldestMs = dayOf(span.first)
  const own =
    unit === undefined
      ? sql`true`
      : sql`(select unit from orders where orders.number = latest.number) = ${unit}`
  const found: string[] = []
  for (let fromMs = newestMs, width = 1; fromMs >= oldestMs && found.length < limit; width *= 2) {
    const days = Math.min(width, (fromMs - oldestMs) / dayMs + 1)
    const names = Array.from({ length: days }, (_, at) => nameOf(fromMs - at * dayMs))
    const rows = await queries.query(
      sql`with hits as materialized (
          select number from order_words where ${ofDays(names)} and ${hasAll(words)} and ${isBefore(before)}
        )
        select number from (select number from hits order by number desc offset 0) latest
        where ${own} limit ${limit - found.length}`,
      numberRow,
    )
    found.push(...numbersOf(rows))
    fromMs -= days * dayMs
  }
  return found
}

/** A number begins with its date. */
const dayOf = (number: string) =>
  Date.UTC(2000 + Number(number.slice(0, 2)), Number(number.slice(2, 4)) - 1, Number(number.slice(4, 6)))
const nameOf = (dayMs: number) => new Date(dayMs).toISOString().slice(2, 10).replaceAll('-', '')
