import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import {
  type KnowledgeInbox,
  type KnowledgeListQuery,
  type KnowledgeRow,
  knowledgeStateSchema,
} from './api.ts'
import type { KnowledgeFigures } from './counted/api.ts'
import { standingOf } from './entry-state.ts'
import type { KnowledgeActor } from './permit.ts'
import { usesOf } from './store.ts'

/** Queries that pages list entries by; they only read. */

export const soonDays = 30
const dayMs = 24 * 3_600_000
const atMs = z.coerce.date().transform(date => date.getTime())

const listedRow = z.object({
  id: z.string(),
  unit: z.string(),
  published: z.number().nullable(),
  version: z.number(),
  question: z.string(),
  example: z.boolean(),
  state: knowledgeStateSchema,
  authors: z.array(z.string()),
  from_at: atMs.nullable(),
  until_at: atMs,
  uses: z.number(),
})

const rowAt =
  (nowMs: number) =>
  (row: z.output<typeof listedRow>): KnowledgeRow => ({
    id: row.id,
    version: row.version,
    question: row.question,
    unit: row.unit,
    example: row.example,
    standing: standingOf(
      { state: row.state, version: row.version, fromMs: row.from_at ?? undefined, untilMs: row.until_at },
      row.published ?? undefined,
      nowMs,
    ),
    authors: row.authors,
    untilMs: row.until_at,
    uses: row.uses,
  })

/** @param version which version of each entry: the newest or the published one */
const select = (version: SQL) => sql`
  select e.id, e.unit, e.published, v.version, v.content->>'question' as question,
    v.content ? 'example' as example, v.state, v.authors, v.from_at,
    v.until_at,
    coalesce((select sum(u.count)::int from knowledge_uses u where u.entry = e.id), 0) as uses
  from knowledge_entries e join knowledge_versions v on v.entry = e.id and v.version = ${version}`

const newest = sql`e.newest`
const published = sql`e.published`

export async function listEntries(
  queries: Queries,
  { list, unit, after, limit }: KnowledgeListQuery,
  nowMs: number,
): Promise<{ readonly entries: readonly KnowledgeRow[]; readonly next?: string }> {
  const now = new Date(nowMs)
  const soon = new Date(nowMs + soonDays * dayMs)
  const which: Readonly<Record<KnowledgeListQuery['list'], readonly [SQL, SQL]>> = {
    all: [newest, sql`true`],
    draft: [newest, sql`v.state = 'draft'`],
    'in-review': [newest, sql`v.state = 'in-review'`],
    current: [published, sql`v.from_at <= ${now} and v.until_at > ${now}`],
    ending: [published, sql`v.until_at > ${now} and v.until_at <= ${soon}`],
    expired: [published, sql`v.until_at <= ${now}`],
    unused: [published, sql`v.from_at <= ${now} and v.until_at > ${now} and e.used_at is null`],
  }
  const [version, where] = which[list]
  const rows = await queries.query(
    sql`${select(version)} where ${where} and (${unit ?? null}::text is null or e.unit = ${unit ?? ''})
      and e.id > ${after ?? ''} order by e.id limit ${limit + 1}`,
    listedRow,
  )
  const entries = rows.slice(0, limit).map(rowAt(nowMs))
  return { entries, next: rows.length > limit ? entries.at(-1)?.id : undefined }
}

const mostInInbox = 200

/** What waits for the actor: reviews, entries that end soon, and their own drafts. */
export async function inboxOf(
  queries: Queries,
  actor: KnowledgeActor,
  nowMs: number,
): Promise<KnowledgeInbox> {
  const row = rowAt(nowMs)
  const isEditor = actor.role === 'supervisor' || actor.role === 'admin'
  const own = isEditor ? sql`true` : sql`e.unit = ${actor.unit ?? ''}`
  const me = JSON.stringify([actor.name])
  const review = isEditor
    ? await queries.query(
        sql`${select(newest)} where v.state = 'in-review' and not v.authors @> ${me}::jsonb order by e.id limit ${mostInInbox}`,
        listedRow,
      )
    : []
  const ending = await queries.query(
    sql`select s.*, n.days from (${select(published)} where v.until_at > ${new Date(nowMs)} and ${own}) s
      join (select entry, version, min(days) as days from knowledge_notices group by entry, version) n
        on n.entry = s.id and n.version = s.version
      -- Whoever has begun a new version has seen to it.
      where not exists (select 1 from knowledge_versions d where d.entry = s.id and d.version > s.version)
      order by s.until_at, s.id limit ${mostInInbox}`,
    listedRow.extend({ days: z.number() }),
  )
  const drafts = await queries.query(
    sql`${select(newest)} where v.state = 'draft' and (${
      isEditor ? sql`v.authors @> ${me}::jsonb` : own
    }) order by e.id limit ${mostInInbox}`,
    listedRow,
  )
  return {
    review: review.map(row),
    ending: ending.map(one => ({ ...row(one), days: one.days })),
    sentBack: drafts.map(row),
  }
}

const unitRow = z.object({
  unit: z.string(),
  current: z.number(),
  ending: z.number(),
  expired: z.number(),
  unused: z.number(),
})
const usedRow = z.object({ unit: z.string(), how: z.enum(['read-out', 'sms', 'cite']), count: z.number() })

/** @param since the first day that counts, as 2026-01-31 */
export async function figuresSince(
  queries: Queries,
  { since, days, unit }: { readonly since: string; readonly days: number; readonly unit?: string },
  nowMs: number,
): Promise<KnowledgeFigures> {
  const now = new Date(nowMs)
  const soon = new Date(nowMs + soonDays * dayMs)
  const isMine = sql`(${unit ?? null}::text is null or e.unit = ${unit ?? ''})`
  const units = await queries.query(
    sql`select e.unit,
        (count(*) filter (where v.from_at <= ${now} and v.until_at > ${now}))::int as current,
        (count(*) filter (where v.until_at > ${now} and v.until_at <= ${soon}))::int as ending,
        (count(*) filter (where v.until_at <= ${now}))::int as expired,
        (count(*) filter (where v.from_at <= ${now} and v.until_at > ${now} and not exists
          (select 1 from knowledge_uses u where u.entry = e.id and u.day >= ${since}::date)))::int as unused
      from knowledge_entries e join knowledge_versions v on v.entry = e.id and v.version = e.published
      where ${isMine} group by e.unit order by e.unit`,
    unitRow,
  )
  const used = await queries.query(
    sql`select e.unit, u.how, sum(u.count)::int as count from knowledge_uses u join knowledge_entries e on e.id = u.entry
      where u.day >= ${since}::date and ${isMine} group by e.unit, u.how`,
    usedRow,
  )
  const [searched] = await queries.query(
    sql`select coalesce(sum(count), 0)::int as count, coalesce(sum(unanswered), 0)::int as unanswered
      from knowledge_searches where day >= ${since}::date`,
    z.object({ count: z.number(), unanswered: z.number() }),
  )
  const words = await queries.query(
    sql`select words, sum(count)::int as count from knowledge_unanswered where day >= ${since}::date
      group by words order by 2 desc, 1 limit 50`,
    z.object({ words: z.string(), count: z.number() }),
  )
  return {
    days,
    searches: searched?.count ?? 0,
    unanswered: searched?.unanswered ?? 0,
    answeredAtOnce: used.reduce((sum, { how, count }) => sum + (how === 'cite' ? count : 0), 0),
    words,
    units: units.map(one => ({ ...one, used: usesOf(used.filter(row => row.unit === one.unit)) })),
  }
}

/** What an export holds: each entry's published version, or its newest where none is published. */
export const selectForExport = (queries: Queries, unit: string | undefined, after: string, limit: number) =>
  queries.query(
    sql`select e.id, v.content from knowledge_entries e
      join knowledge_versions v on v.entry = e.id and v.version = coalesce(e.published, e.newest)
      where (${unit ?? null}::text is null or e.unit = ${unit ?? ''}) and e.id > ${after} order by e.id limit ${limit}`,
    z.object({ id: z.string(), content: z.unknown() }),
  )
