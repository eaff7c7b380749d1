import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import {
  type KnowledgeContent,
  type KnowledgeEvent,
  type KnowledgeState,
  knowledgeContentShown,
  knowledgeEventSchema,
  knowledgeStateSchema,
} from './api.ts'

/** SQL of entries, their versions and events. */

const atMs = z.coerce.date().transform(date => date.getTime())
const maybeMs = atMs.nullable().transform(ms => ms ?? undefined)
const count = z.object({ count: z.number() })

export type KeptEntry = {
  readonly id: string
  readonly unit: string
  readonly newest: number
  /** The version that was published last and is not withdrawn. */
  readonly published?: number
}

export type KeptVersion = {
  readonly version: number
  readonly revision: number
  readonly state: KnowledgeState
  readonly content: KnowledgeContent
  readonly authors: readonly string[]
  readonly madeAtMs: number
  readonly reviewer?: string
  readonly reviewedAtMs?: number
  readonly fromMs?: number
  readonly untilMs: number
}

const entryRow = z
  .object({ id: z.string(), unit: z.string(), newest: z.number(), published: z.number().nullable() })
  .transform((row): KeptEntry => ({ ...row, published: row.published ?? undefined }))

const versionRow = z
  .object({
    version: z.number(),
    revision: z.number(),
    state: knowledgeStateSchema,
    content: knowledgeContentShown,
    authors: z.array(z.string()),
    made_at: atMs,
    reviewer: z.string().nullable(),
    reviewed_at: maybeMs,
    from_at: maybeMs,
    until_at: atMs,
  })
  .transform(
    (row): KeptVersion => ({
      version: row.version,
      revision: row.revision,
      state: row.state,
      content: row.content,
      authors: row.authors,
      madeAtMs: row.made_at,
      reviewer: row.reviewer ?? undefined,
      reviewedAtMs: row.reviewed_at,
      fromMs: row.from_at,
      untilMs: row.until_at,
    }),
  )
const versionColumns = sql`version, revision, state, content, authors, made_at, reviewer, reviewed_at, from_at, until_at`
const when = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))

export async function selectEntry(queries: Queries, id: string, isLocked = false) {
  const [found] = await queries.query(
    sql`select id, unit, newest, published from knowledge_entries where id = ${id} ${isLocked ? sql`for update` : sql``}`,
    entryRow,
  )
  return found
}

export async function selectAsked(queries: Queries, asked: string): Promise<string | undefined> {
  const [found] = await queries.query(
    sql`select id from knowledge_entries where asked = ${asked}`,
    z.object({ id: z.string() }),
  )
  return found?.id
}

/** @returns 0 when another entry has the same question */
export const insertEntry = (
  queries: Queries,
  { id, unit }: { readonly id: string; readonly unit: string },
  asked: string,
  madeAtMs: number,
): Promise<number> =>
  queries.execute(sql`
    insert into knowledge_entries (id, unit, asked, newest, made_at)
    values (${id}, ${unit}, ${asked}, 1, ${new Date(madeAtMs)}) on conflict do nothing`)

/** @returns 0 when another entry has the same question */
export const updateEntry = (
  queries: Queries,
  { id, unit, newest, published }: KeptEntry,
  asked: string,
): Promise<number> =>
  queries.execute(sql`
    update knowledge_entries set unit = ${unit}, newest = ${newest}, published = ${published ?? null}, asked = ${asked}
    where id = ${id} and not exists (select 1 from knowledge_entries where asked = ${asked} and id <> ${id})`)

export const setPublished = (queries: Queries, id: string, published: number | undefined): Promise<number> =>
  queries.execute(sql`update knowledge_entries set published = ${published ?? null} where id = ${id}`)

export const writeVersion = (queries: Queries, entry: string, one: KeptVersion): Promise<number> =>
  queries.execute(sql`
    insert into knowledge_versions (entry, ${versionColumns})
    values (${entry}, ${one.version}, ${one.revision}, ${one.state}, ${JSON.stringify(one.content)}::jsonb,
      ${JSON.stringify(one.authors)}::jsonb, ${new Date(one.madeAtMs)}, ${one.reviewer ?? null},
      ${when(one.reviewedAtMs)}, ${when(one.fromMs)}, ${new Date(one.untilMs)})
    on conflict (entry, version) do update set revision = excluded.revision, state = excluded.state,
      content = excluded.content, authors = excluded.authors, reviewer = excluded.reviewer,
      reviewed_at = excluded.reviewed_at, from_at = excluded.from_at, until_at = excluded.until_at`)

/** Newest first. */
export const selectVersions = (queries: Queries, entry: string): Promise<readonly KeptVersion[]> =>
  queries.query(
    sql`select ${versionColumns} from knowledge_versions where entry = ${entry} order by version desc`,
    versionRow,
  )

export async function selectVersion(queries: Queries, entry: string, version: number) {
  const [found] = await queries.query(
    sql`select ${versionColumns} from knowledge_versions where entry = ${entry} and version = ${version}`,
    versionRow,
  )
  return found
}

export const insertKnowledgeEvent = (
  queries: Queries,
  entry: string,
  { atMs: at, version, kind, by, note }: KnowledgeEvent,
): Promise<number> =>
  queries.execute(sql`
    insert into knowledge_events (entry, at, version, kind, by, note)
    values (${entry}, ${new Date(at)}, ${version}, ${kind}, ${by}, ${note ?? null})`)

export const selectKnowledgeEvents = (queries: Queries, entry: string): Promise<readonly KnowledgeEvent[]> =>
  queries.query(
    sql`select at as "atMs", version, kind, by, note from knowledge_events where entry = ${entry} order by id`,
    knowledgeEventSchema.extend({
      atMs,
      note: z
        .string()
        .nullable()
        .transform(note => note ?? undefined),
    }),
  )

const useRow = z.object({ how: z.enum(['read-out', 'sms', 'cite']), count: z.number() })

export async function countUses(queries: Queries, entry: string) {
  const rows = await queries.query(
    sql`select how, sum(count)::int as count from knowledge_uses where entry = ${entry} group by how`,
    useRow,
  )
  return usesOf(rows)
}

export const usesOf = (rows: readonly z.output<typeof useRow>[]) => {
  const of = (how: string) => rows.find(row => row.how === how)?.count ?? 0
  return { 'read-out': of('read-out'), sms: of('sms'), cite: of('cite') }
}

export async function countUse(
  queries: Queries,
  use: { readonly entry: string; readonly version: number; readonly how: string; readonly day: string },
  at: Date,
): Promise<void> {
  await queries.execute(sql`
    insert into knowledge_uses (entry, version, day, how, count)
    values (${use.entry}, ${use.version}, ${use.day}::date, ${use.how}, 1)
    on conflict (entry, day, how, version) do update set count = knowledge_uses.count + 1`)
  await queries.execute(sql`update knowledge_entries set used_at = ${at} where id = ${use.entry}`)
}

export async function countSearch(
  queries: Queries,
  { day, words }: { readonly day: string; readonly words: string | undefined },
  at: Date,
): Promise<void> {
  await queries.execute(sql`
    insert into knowledge_searches (day, count, unanswered) values (${day}::date, 1, ${words === undefined ? 0 : 1})
    on conflict (day) do update set count = knowledge_searches.count + 1,
      unanswered = knowledge_searches.unanswered + excluded.unanswered`)
  if (words === undefined || words === '') return
  await queries.execute(sql`
    insert into knowledge_unanswered (words, day, at, count) values (${words}, ${day}::date, ${at}, 1)
    on conflict (words, day) do update set count = knowledge_unanswered.count + 1, at = excluded.at`)
}

/** Records notices for entries that end by then and have none yet for this many days. @returns how many are new */
export async function insertNotices(
  queries: Queries,
  { days, untilBefore, at }: { readonly days: number; readonly untilBefore: Date; readonly at: Date },
): Promise<number> {
  const [told] = await queries.query(
    sql`with told as (
      insert into knowledge_notices (entry, version, days, at)
      select i.entry, i.version, ${days}::int, ${at} from knowledge_index i
        join knowledge_entries e on e.id = i.entry and e.published = i.version
      where i.until_at > ${at} and i.until_at <= ${untilBefore}
      on conflict do nothing returning 1)
      select count(*)::int as count from told`,
    count,
  )
  return told?.count ?? 0
}
