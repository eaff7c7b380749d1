import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import { type Seal, sealSchema } from './api.ts'

const sealRow = sealSchema.extend({ stamp: z.string().nullable() })

export const selectSeals = (queries: Queries): Promise<readonly Seal[]> =>
  queries.query(sql`select n, text, signature, stamp from ledger_seals order by n`, sealRow)

export async function selectLastSeal(queries: Queries): Promise<Seal | undefined> {
  const [row] = await queries.query(
    sql`select n, text, signature, stamp from ledger_seals order by n desc limit 1`,
    sealRow,
  )
  return row
}

/** @returns false if another node has made this seal */
export async function insertSeal(queries: Queries, { n, text, signature }: Seal): Promise<boolean> {
  const touched = await queries.execute(
    sql`insert into ledger_seals (n, text, signature) values (${n}, ${text}, ${signature}) on conflict do nothing`,
  )
  return touched > 0
}

const unsentRow = sealRow.extend({ sent: z.array(z.string()) })

/** Seals that have not been sent everywhere. */
export const selectUnsent = (queries: Queries, ways: readonly string[]) =>
  queries.query(
    sql`select n, text, signature, stamp, sent from ledger_seals
      where not (sent @> ${JSON.stringify(ways)}::jsonb) order by n limit 50`,
    unsentRow,
  )

export async function markSent(queries: Queries, n: number, way: string, stamp?: string): Promise<void> {
  await queries.execute(sql`
    update ledger_seals set sent = sent || ${JSON.stringify([way])}::jsonb, stamp = coalesce(${stamp ?? null}, stamp)
    where n = ${n} and not sent @> ${JSON.stringify([way])}::jsonb`)
}
