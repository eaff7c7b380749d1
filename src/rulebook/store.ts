import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { RuleDraft, RuleUse, RuleVersion } from './version.ts'

const absent = z
  .number()
  .nullable()
  .transform(number => number ?? undefined)

const versionRow = z.object({
  number: z.number(),
  text: z.string(),
  way: z.enum(['file', 'draft']),
  author: z.string(),
  note: z.string(),
  madeAt: z.date(),
  parent: absent,
})
const versionColumns = sql`number, text, way, author, note, made_at as "madeAt", parent`
const useRow = z.object({
  id: z.number(),
  subject: z.string(),
  version: z.number(),
  fromAt: z.date(),
  because: z.enum(['loaded', 'published', 'used']),
  author: z.string(),
  decidedAt: z.date(),
})
const useColumns = sql`id, subject, version, from_at as "fromAt", because, author, decided_at as "decidedAt"`
const draftRow = z.object({
  subject: z.string(),
  base: absent,
  revision: z.number(),
  text: z.string(),
  writers: z.array(z.string()),
  changedAt: z.date(),
})
const draftColumns = sql`subject, base, revision, text, writers, changed_at as "changedAt"`

const time = (at: Date) => sql`${at.toISOString()}::timestamptz`

/** The rules in force at a time, for every subject with published rules. */
export const selectHolding = (queries: Queries, at: Date): Promise<readonly RuleUse[]> =>
  queries.query(
    sql`select distinct on (subject) ${useColumns} from rule_uses where from_at <= ${time(at)}
      order by subject, id desc`,
    useRow,
  )

/** The last decision for every subject, whether or not it has taken effect yet. */
export const selectDecided = (queries: Queries): Promise<readonly RuleUse[]> =>
  queries.query(
    sql`select distinct on (subject) ${useColumns} from rule_uses order by subject, id desc`,
    useRow,
  )

/** The versions of a subject, newest first. */
export const selectVersions = (
  queries: Queries,
  subject: string,
  limit: number,
): Promise<readonly RuleVersion[]> =>
  queries.query(
    sql`select ${versionColumns} from rule_versions where subject = ${subject} order by number desc limit ${limit}`,
    versionRow,
  )

export async function selectVersion(
  queries: Queries,
  subject: string,
  number: number,
): Promise<RuleVersion | undefined> {
  const [version] = await queries.query(
    sql`select ${versionColumns} from rule_versions where subject = ${subject} and number = ${number}`,
    versionRow,
  )
  return version
}

export async function insertVersion(
  queries: Queries,
  subject: string,
  { text, way, author, note, madeAt, parent }: Omit<RuleVersion, 'number'>,
): Promise<number> {
  const [added] = await queries.query(
    sql`insert into rule_versions (subject, number, text, way, author, note, made_at, parent)
      select ${subject}::text, coalesce(max(number), 0) + 1, ${text}, ${way}, ${author}, ${note}, ${time(madeAt)},
        ${parent ?? null}::integer
      from rule_versions where subject = ${subject} returning number`,
    z.object({ number: z.number() }),
  )
  return added?.number ?? 0
}

export async function insertUse(
  queries: Queries,
  { subject, version, fromAt, because, author, decidedAt }: Omit<RuleUse, 'id'>,
): Promise<void> {
  await queries.execute(sql`
    insert into rule_uses (id, subject, version, from_at, because, author, decided_at)
    select coalesce(max(id), 0) + 1, ${subject}::text, ${version}::integer, ${time(fromAt)}, ${because}, ${author},
      ${time(decidedAt)}
    from rule_uses`)
}

export const selectDrafts = (queries: Queries): Promise<readonly RuleDraft[]> =>
  queries.query(sql`select ${draftColumns} from rule_drafts`, draftRow)

export async function selectDraft(queries: Queries, subject: string): Promise<RuleDraft | undefined> {
  const [draft] = await queries.query(
    sql`select ${draftColumns} from rule_drafts where subject = ${subject}`,
    draftRow,
  )
  return draft
}

export async function putDraft(
  queries: Queries,
  { subject, base, revision, text, writers, changedAt }: RuleDraft,
): Promise<void> {
  await queries.execute(sql`
    insert into rule_drafts (subject, base, revision, text, writers, changed_at)
    values (${subject}, ${base ?? null}::integer, ${revision}::integer, ${text}, ${JSON.stringify(writers)}::jsonb,
      ${time(changedAt)})
    on conflict (subject) do update set base = excluded.base, revision = excluded.revision, text = excluded.text,
      writers = excluded.writers, changed_at = excluded.changed_at`)
}

export const deleteDraft = (queries: Queries, subject: string): Promise<number> =>
  queries.execute(sql`delete from rule_drafts where subject = ${subject}`)
