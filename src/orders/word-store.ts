import { type Queries, sql } from '../storage/index.ts'
import type { OrderNumber } from './number.ts'
import { lineColumns, lineRow, type OrderLine } from './store.ts'

/**
 * How an order is found by what was said: by the pairs of neighbouring characters of its matter and its place, each pair as
 * one number, which an index has. Whoever writes 路灯不亮 finds what has 路灯, 灯不 and 不亮, wherever they stand. Numbers as
 * long as a telephone's are not among them: units see them masked, and must not be able to guess them pair by pair.
 */
export function pairsIn(text: string): readonly number[] {
  const runs = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[0-9]([ -]?[0-9]){6,}/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
  const pairs = new Set<number>()
  for (const run of runs)
    for (let at = 0; at + 1 < run.length; at++) pairs.add(pairOf(run.charCodeAt(at), run.charCodeAt(at + 1)))
  return [...pairs]
}

/** In 32 bits, so that a row is small; two pairs of rare scripts may share a number, and then one order more is shown. */
const pairOf = (first: number, second: number) => ((first & 0x7fff) << 16) | (second & 0xffff)

/** The same of orders that were made before there was an index. Pairs with a blank or a dot in them are found by nobody. */
export const pairsOfAll = `
  insert into order_words (number, pairs)
    select number, array(
      select distinct ((ascii(substr(words, at, 1)) & 32767) << 16) | (ascii(substr(words, at + 1, 1)) & 65535)
      from generate_series(1, length(words) - 1) at)
    from (select number, regexp_replace(lower(normalize(matter || ' ' || place, nfkc)), '[0-9]([ -]?[0-9]){6,}', ' ', 'g') as words
      from orders) told`

const arrayOf = (pairs: readonly number[]) =>
  sql`array[${sql.join(
    pairs.map(pair => sql`${pair}::int4`),
    sql`, `,
  )}]::int4[]`

export async function insertWords(queries: Queries, number: OrderNumber, text: string): Promise<void> {
  const pairs = `{${pairsIn(text).join(',')}}`
  await queries.execute(sql`insert into order_words (number, pairs) values (${number}, ${pairs}::int4[])`)
}

export async function deleteWords(queries: Queries, number: OrderNumber): Promise<void> {
  await queries.execute(sql`delete from order_words where number = ${number}`)
}

/** Orders in which all of these pairs stand, the latest first. @param unit all units' when absent */
export const ordersWith = (
  queries: Queries,
  pairs: readonly number[],
  unit: string | undefined,
  limit: number,
): Promise<readonly OrderLine[]> =>
  queries.query(
    sql`select ${lineColumns} from orders where number in (select number from order_words where pairs @> ${arrayOf(pairs)})
      and ${unit === undefined ? sql`true` : sql`unit = ${unit}`} order by number desc limit ${limit}`,
    lineRow,
  )
