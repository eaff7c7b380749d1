import { z } from 'zod'
import { type Queries, type SQL, sql } from '../storage/index.ts'
import { knowledgeContentShown } from './api.ts'
import type { Shelved } from './shelf.ts'

/** SQL of the index: the published versions, which every node loads onto its shelf. */

const atMs = z.coerce.date().transform(date => date.getTime())

/** Runs in the transaction that publishes the version. */
export async function insertIndexed(queries: Queries, one: Shelved): Promise<void> {
  await queries.execute(sql`
    insert into knowledge_index (entry, version, from_at, until_at, districts, phrases)
    values (${one.entry}, ${one.version}, ${new Date(one.fromMs)}, ${new Date(one.untilMs)},
      ${JSON.stringify(one.districts)}::jsonb, ${[...one.asked, one.text.replaceAll('\n', ' ')].join('\n')})`)
  await mark(queries, [one.entry])
}

/**
 * Marks entries whose published version changed. The single row stays locked until the commit, so numbers follow
 * the order of commits: a node that has seen one has seen all before it.
 */
async function mark(queries: Queries, entries: readonly string[]): Promise<void> {
  await queries.execute(sql`update knowledge_shelf set changed = changed + 1`)
  await queries.execute(sql`
    update knowledge_entries set changed = (select changed from knowledge_shelf)
    where id in (select jsonb_array_elements_text(${JSON.stringify(entries)}::jsonb))`)
}

/** Removes versions that have ended by then from the index, at most `limit`. @returns how many were removed */
export async function deleteOver(queries: Queries, at: Date, limit: number): Promise<number> {
  return leave(
    queries,
    sql`(entry, version) in (select entry, version from knowledge_index where until_at <= ${at} limit ${limit})`,
  )
}

/** Takes an entry out of the index. */
export const deleteIndexed = (queries: Queries, entry: string): Promise<number> =>
  leave(queries, sql`entry = ${entry}`)

async function leave(queries: Queries, which: SQL): Promise<number> {
  const gone = await queries.query(
    sql`delete from knowledge_index where ${which} returning entry`,
    z.object({ entry: z.string() }),
  )
  if (gone.length > 0)
    await mark(
      queries,
      gone.map(({ entry }) => entry),
    )
  return gone.length
}

/** Ends an entry's published version at this moment, and removes one that was to begin later. */
export async function endIndexed(queries: Queries, entry: string, at: Date): Promise<void> {
  await leave(queries, sql`entry = ${entry} and from_at >= ${at}`)
  const ended = await queries.execute(
    sql`update knowledge_index set until_at = ${at} where entry = ${entry} and until_at > ${at}`,
  )
  if (ended > 0) await mark(queries, [entry])
  await queries.execute(sql`
    update knowledge_versions set until_at = ${at}
    where entry = ${entry} and state = 'published' and until_at > ${at}`)
}

const shelvedRow = z
  .object({
    entry: z.string(),
    version: z.number(),
    phrases: z.string(),
    from_at: atMs,
    until_at: atMs,
    districts: z.array(z.string()),
  })
  .transform(({ entry, version, phrases, from_at: fromMs, until_at: untilMs, districts }): Shelved => {
    const lines = phrases.split('\n')
    return { entry, version, fromMs, untilMs, districts, asked: lines.slice(0, -1), text: lines.at(-1) ?? '' }
  })

/** How often the published entries have changed. */
export async function selectChanged(queries: Queries): Promise<number> {
  const [row] = await queries.query(
    sql`select changed from knowledge_shelf`,
    z.object({ changed: z.number() }),
  )
  return row?.changed ?? 0
}

/** Entries changed after `since`, in the order of their ids, at most `limit`. */
export async function selectChangedEntries(
  queries: Queries,
  { since, after, limit }: { readonly since: number; readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await queries.query(
    sql`select id from knowledge_entries where changed > ${since} and id > ${after} order by id limit ${limit}`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}

export const selectIndexed = (queries: Queries, entries: readonly string[]): Promise<readonly Shelved[]> =>
  queries.query(
    sql`select entry, version, phrases, from_at, until_at, districts from knowledge_index
      where entry in (select jsonb_array_elements_text(${JSON.stringify(entries)}::jsonb))`,
    shelvedRow,
  )

/**
 * Those of these versions that answer at this moment, with their content; and the change count, so that a node that
 * is behind learns so from the same query.
 */
export async function selectHits(
  queries: Queries,
  hits: readonly { readonly entry: string; readonly version: number }[],
  at: Date,
) {
  const rows = await queries.query(
    sql`select s.changed, v.entry, v.content, i.until_at as "untilMs"
      from knowledge_shelf s
      left join jsonb_to_recordset(${JSON.stringify(hits)}::jsonb) as h(entry text, version int) on true
      left join knowledge_index i on i.entry = h.entry and i.version = h.version and i.from_at <= ${at} and i.until_at > ${at}
      left join knowledge_versions v on v.entry = i.entry and v.version = i.version`,
    z.object({
      changed: z.number(),
      entry: z.string().nullable(),
      content: knowledgeContentShown.nullable(),
      untilMs: atMs.nullable(),
    }),
  )
  const found = rows.flatMap(({ entry, content, untilMs }) =>
    entry && content && untilMs !== null ? [{ entry, content, untilMs }] : [],
  )
  return { changed: rows[0]?.changed ?? 0, found }
}
