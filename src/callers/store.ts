import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Caller } from './caller.ts'

export type Marked = { readonly number: string; readonly caller: Caller }

const markedRow = z
  .object({ number: z.string(), elder: z.boolean(), language: z.string().nullable() })
  .transform(
    ({ number, elder, language }): Marked => ({
      number,
      caller: { elder, language: language === null ? undefined : language },
    }),
  )

export async function selectCaller(queries: Queries, number: string): Promise<Caller | undefined> {
  const [marked] = await selectMarked(queries, [number])
  return marked?.caller
}

export const selectMarked = (queries: Queries, numbers: readonly string[]): Promise<readonly Marked[]> =>
  queries.query(
    sql`select number, elder, language from callers
      where number in (select jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb))`,
    markedRow,
  )

/** A page of all marked callers, by number. */
export const listMarked = (
  queries: Queries,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly Marked[]> =>
  queries.query(
    sql`select number, elder, language from callers where number > ${after} order by number limit ${limit}`,
    markedRow,
  )

export async function upsertCaller(
  queries: Queries,
  number: string,
  marks: Partial<Caller>,
  nowMs: number,
): Promise<void> {
  const elder = marks.elder ?? null
  const language = marks.language ?? null
  await queries.execute(sql`
    insert into callers (number, elder, language, marked_at)
    values (${number}, coalesce(${elder}::boolean, false), ${language}, ${new Date(nowMs)})
    on conflict (number) do update set
      elder = coalesce(${elder}::boolean, callers.elder),
      language = coalesce(${language}::text, callers.language), marked_at = excluded.marked_at`)
}
