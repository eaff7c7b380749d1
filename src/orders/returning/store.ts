import { type Queries, sql } from '../../storage/index.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import type { Returning } from './returning.ts'

/** One row per return, so that the ledger of returns can be read without folding events. */
const row = (number: string, one: Returning) => ({
  number,
  seq: one.seq,
  from_unit: one.from,
  target: one.target,
  ground: one.ground,
  since_at: new Date(one.sinceMs),
  asked_at: new Date(one.askedAtMs),
  site_at: one.siteAtMs === undefined ? null : new Date(one.siteAtMs),
  outcome: one.decided?.outcome ?? null,
  decided_at: one.decided ? new Date(one.decided.atMs) : null,
  to_unit: one.decided?.to ?? null,
})

/** The rows as `reported` rebuilds them. */
export const returnRows = ({ number, returnings }: Order) => returnings.map(one => row(number, one))

/** Writes returns that are new, or were decided since. */
export async function putReturns(queries: Queries, before: Order, after: Order): Promise<void> {
  const changed = after.returnings.filter((one, at) => one !== before.returnings[at])
  for (const one of changed) {
    const {
      number,
      seq,
      from_unit,
      target,
      ground,
      since_at,
      asked_at,
      site_at,
      outcome,
      decided_at,
      to_unit,
    } = row(after.number, one)
    await queries.execute(sql`
      insert into order_returns (number, seq, from_unit, target, ground, since_at, asked_at, site_at, outcome, decided_at, to_unit)
        values (${number}, ${seq}, ${from_unit}, ${target}, ${ground}, ${since_at}, ${asked_at}, ${site_at}, ${outcome}, ${decided_at}, ${to_unit})
        on conflict (number, seq) do update set site_at = excluded.site_at, outcome = excluded.outcome,
          decided_at = excluded.decided_at, to_unit = excluded.to_unit`)
  }
}

export async function deleteReturns(queries: Queries, number: OrderNumber): Promise<void> {
  await queries.execute(sql`delete from order_returns where number = ${number}`)
}
