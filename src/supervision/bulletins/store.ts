import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import { bulletinStateSchema, bulletinWordsSchema } from './api.ts'
import type { BulletinStanding } from './standing.ts'

/** As `reported` rebuilds it. */
export const bulletinRow = (one: BulletinStanding) => ({
  id: one.id,
  month: one.month,
  district: one.district,
  state: one.state,
  begun_by: one.begunBy,
  proposed_by: one.proposedBy ?? null,
  decided_by: one.decidedBy ?? null,
  digest: one.digest ?? null,
  changed_at: new Date(one.changedAtMs),
})

const kept = z.object({
  id: z.string(),
  month: z.string(),
  district: z.string(),
  state: bulletinStateSchema,
  begunBy: z.string(),
  proposedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  digest: z.string().nullable(),
  changedAt: z.date(),
  revision: z.number(),
  words: bulletinWordsSchema,
  figures: z.string().nullable(),
})
export type KeptBulletin = z.output<typeof kept>

const columns = sql`id, month, district, state, begun_by as "begunBy", proposed_by as "proposedBy",
  decided_by as "decidedBy", digest, changed_at as "changedAt", revision, words, figures`

/** @param figures as they are kept from now on; none while it is a draft */
export async function putBulletin(
  queries: Queries,
  standing: BulletinStanding,
  { words, figures }: { readonly words?: object; readonly figures?: string | undefined },
): Promise<void> {
  const row = bulletinRow(standing)
  await queries.execute(sql`
    insert into bulletins (id, month, district, state, begun_by, changed_at, revision, words)
      values (${row.id}, ${row.month}, ${row.district}, ${row.state}, ${row.begun_by}, ${row.changed_at}, 1,
        ${JSON.stringify(words ?? {})}::jsonb)
      on conflict (id) do update set state = excluded.state, proposed_by = ${row.proposed_by},
        decided_by = ${row.decided_by}, digest = ${row.digest}, changed_at = excluded.changed_at,
        figures = ${figures ?? null}`)
}

/** @returns whether nobody wrote since */
export async function putWords(
  queries: Queries,
  id: string,
  revision: number,
  words: object,
): Promise<boolean> {
  const rows = await queries.query(
    sql`update bulletins set words = ${JSON.stringify(words)}::jsonb, revision = revision + 1
      where id = ${id} and revision = ${revision} returning id`,
    z.object({ id: z.string() }),
  )
  return rows.length > 0
}

/** @param locks nobody else may change it until the transaction ends */
export async function selectBulletin(
  queries: Queries,
  id: string,
  locks = false,
): Promise<KeptBulletin | undefined> {
  const [found] = await queries.query(
    sql`select ${columns} from bulletins where id = ${id} ${locks ? sql`for update` : sql``}`,
    kept,
  )
  return found
}

/** Without their figures, the latest first. @param of published ones that concern this district; all when absent */
export async function selectBulletins(
  queries: Queries,
  of: { readonly district: string } | undefined,
  limit: number,
): Promise<readonly Omit<KeptBulletin, 'figures'>[]> {
  const isTold = of ? sql`where state = 'published' and district in ('', ${of.district})` : sql``
  return queries.query(
    sql`select id, month, district, state, begun_by as "begunBy", proposed_by as "proposedBy",
        decided_by as "decidedBy", digest, changed_at as "changedAt", revision, words
      from bulletins ${isTold} order by changed_at desc, id desc limit ${limit}`,
    kept.omit({ figures: true }),
  )
}
