import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Caller } from './caller.ts'

const callerRow = z.object({ elder: z.boolean(), language: z.string().nullable() })

export async function selectCaller(queries: Queries, number: string): Promise<Caller | undefined> {
  const [row] = await queries.query(
    sql`select elder, language from callers where number = ${number}`,
    callerRow,
  )
  return row && { elder: row.elder, language: row.language === null ? undefined : row.language }
}

export async function upsertCaller(queries: Queries, number: string, marks: Partial<Caller>): Promise<void> {
  const elder = marks.elder ?? null
  const language = marks.language ?? null
  await queries.execute(sql`
    insert into callers (number, elder, language) values (${number}, coalesce(${elder}::boolean, false), ${language})
    on conflict (number) do update set
      elder = coalesce(${elder}::boolean, callers.elder),
      language = coalesce(${language}::text, callers.language)`)
}
