import { type Queries, sql } from '../../storage/index.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import type { ReadClosing } from './read-closing.ts'

/** One row for each checked closing, so that shares and samples can be read without folding events. */
const row = (number: string, { cycle, unit, atMs, result, check, judged }: ReadClosing) => ({
  number,
  cycle,
  unit,
  closed_at: new Date(atMs),
  result,
  lacks: check.lacks.map(({ what }) => what),
  told: check.told ?? false,
  sampled: check.sampled ?? false,
  verdict: judged?.verdict ?? null,
  judged_by: judged?.by ?? null,
})

/** The rows as `reported` rebuilds them. */
export const closingRows = ({ number, checked }: Order) => checked.map(one => row(number, one))

/** Writes closings that are new, or were judged since. */
export async function putClosings(queries: Queries, before: Order, after: Order): Promise<void> {
  const changed = after.checked.filter((one, at) => one !== before.checked[at])
  for (const one of changed) {
    const { number, cycle, unit, closed_at, result, lacks, told, sampled, verdict, judged_by } = row(
      after.number,
      one,
    )
    await queries.execute(sql`
      insert into order_closings (number, cycle, unit, closed_at, result, lacks, told, sampled, verdict, judged_by)
        values (${number}, ${cycle}, ${unit}, ${closed_at}, ${result}, ${JSON.stringify(lacks)}, ${told}, ${sampled},
          ${verdict}, ${judged_by})
        on conflict (number, cycle) do update set verdict = excluded.verdict, judged_by = excluded.judged_by`)
  }
}

export async function deleteClosings(queries: Queries, number: OrderNumber): Promise<void> {
  await queries.execute(sql`delete from order_closings where number = ${number}`)
}
