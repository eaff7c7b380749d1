import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import type { OrderNumber } from './number.ts'
import type { Order } from './order.ts'

/**
 * Index for full-text search: the pairs of neighbouring characters in matter and place, each as one number. A
 * search for 路灯不亮 finds orders that contain 路灯, 灯不 and 不亮 anywhere. Numbers as long as a telephone number are left
 * out: units see them masked, and must not be able to guess them pair by pair. Negative numbers mark the order's
 * day and kind, to search day by day and by the kind's present name.
 */
export function pairsIn(run: string): readonly number[] {
  const pairs = new Set<number>()
  for (let at = 0; at + 1 < run.length; at++) pairs.add(pairOf(run.charCodeAt(at), run.charCodeAt(at + 1)))
  return [...pairs]
}

/** Runs of letters and digits, without telephone numbers. */
export const runsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[0-9]([ -]?[0-9]){6,}/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)

/** Fits 32 bits to keep rows small; two pairs of rare scripts may collide, which only shows one order too many. */
const pairOf = (first: number, second: number) => ((first & 0x7fff) << 16) | (second & 0xffff)

/** The mark of the day (YYMMDD) that a number begins with. */
export const dayMark = (day: string) => -Number(day.slice(0, 6))
/** The mark of a catalogue code; such codes are larger than any day's. */
export const kindMark = (code: string) => -Number(code)

const paired = `array(
      select distinct ((ascii(substr(words, at, 1)) & 32767) << 16) | (ascii(substr(words, at + 1, 1)) & 65535)
      from generate_series(1, length(words) - 1) at)`
const plain = (text: string) =>
  `regexp_replace(lower(normalize(${text}, nfkc)), '[0-9]([ -]?[0-9]){6,}', ' ', 'g') as words
      from orders) told`

/** Builds the index for existing orders in SQL. Pairs with a blank or a dot are never searched for. */
export const pairsOfAll = `
  insert into order_words (number, pairs)
    select number, ${paired}
    from (select number, ${plain(`matter || ' ' || place`)}`

/** As `pairsOfAll`, with street and district, and the marks of day and kind. */
export const pairsAnew = `
  insert into order_words (number, pairs)
    select number, array_remove(array[-left(number, 6)::int4, -kind::int4], null) || ${paired}
    from (select number, kind, ${plain(`concat_ws(' ', matter, place, street, district)`)}`

const arrayOf = (numbers: readonly number[]) =>
  sql`array[${sql.join(
    numbers.map(one => sql`${one}::int4`),
    sql`, `,
  )}]::int4[]`

export async function insertWords(queries: Queries, order: Order): Promise<void> {
  const { number, matter, place, street, district = '', kind } = order
  const pairs = new Set(runsIn(`${matter} ${place} ${street} ${district}`).flatMap(pairsIn))
  const marks = [dayMark(number), ...(kind === undefined ? [] : [kindMark(kind)])]
  const row = `{${[...marks, ...pairs].join(',')}}`
  await queries.execute(sql`insert into order_words (number, pairs) values (${number}, ${row}::int4[])`)
}

/** Replaces the kind's mark when the kind was corrected, or decided for the first time. */
export async function changeKind(
  queries: Queries,
  number: OrderNumber,
  was: string | undefined,
  is: string | undefined,
): Promise<void> {
  const without = was === undefined ? sql`pairs` : sql`array_remove(pairs, ${kindMark(was)}::int4)`
  const marks = is === undefined ? sql`'{}'::int4[]` : sql`array[${kindMark(is)}::int4]`
  await queries.execute(sql`update order_words set pairs = ${marks} || ${without} where number = ${number}`)
}

export async function deleteWords(queries: Queries, number: OrderNumber): Promise<void> {
  await queries.execute(sql`delete from order_words where number = ${number}`)
}

/** A search word: it matches an order by its pairs, or by its kind's name. */
export type SoughtWord = { readonly pairs: readonly number[]; readonly kinds: readonly string[] }

export const hasAll = (words: readonly SoughtWord[]): SQL =>
  sql.join(
    words.map(({ pairs, kinds }) =>
      kinds.length === 0
        ? sql`pairs @> ${arrayOf(pairs)}`
        : sql`(pairs @> ${arrayOf(pairs)} or pairs && ${arrayOf(kinds.map(kindMark))})`,
    ),
    sql` and `,
  )

export const ofDays = (days: readonly string[]): SQL => sql`pairs && ${arrayOf(days.map(dayMark))}`

const spanRow = z.object({ first: z.string().nullable(), last: z.string().nullable() })

/** The first and latest numbers in the index; undefined if it is empty. */
export async function spanOfWords(
  queries: Queries,
): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const [row] = await queries.query(
    sql`select min(number) as first, max(number) as last from order_words`,
    spanRow,
  )
  return row?.first && row.last ? { first: row.first, last: row.last } : undefined
}
