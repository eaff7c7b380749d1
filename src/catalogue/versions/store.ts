import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { CatalogueFile } from '../read.ts'
import type { CatalogueDraft, CatalogueUse, CatalogueVersion } from './version.ts'

const absent = z
  .number()
  .nullable()
  .transform(number => number ?? undefined)

const versionRow = z.object({
  number: z.number(),
  digest: z.string(),
  way: z.enum(['folder', 'draft']),
  author: z.string(),
  note: z.string(),
  madeAt: z.date(),
  parent: absent,
})
const versionColumns = sql`number, digest, way, author, note, made_at as "madeAt", parent`
const useRow = z.object({
  id: z.number(),
  version: z.number(),
  fromAt: z.date(),
  because: z.enum(['loaded', 'published', 'used']),
  author: z.string(),
  decidedAt: z.date(),
})
const useColumns = sql`id, version, from_at as "fromAt", because, author, decided_at as "decidedAt"`
const draftRow = z.object({
  base: absent,
  revision: z.number(),
  files: z.record(z.string(), z.string().nullable()),
  author: z.string(),
  changedAt: z.date(),
})

const time = (at: Date) => sql`${at.toISOString()}::timestamptz`

/** The version in force at a time; undefined if it is the folder's. */
export async function selectHolding(queries: Queries, at: Date): Promise<CatalogueUse | undefined> {
  const [use] = await queries.query(
    sql`select ${useColumns} from catalogue_uses where from_at <= ${time(at)} order by id desc limit 1`,
    useRow,
  )
  return use
}

/** The last decision, whether or not it is in force yet. */
export async function selectDecided(queries: Queries): Promise<CatalogueUse | undefined> {
  const [use] = await queries.query(
    sql`select ${useColumns} from catalogue_uses order by id desc limit 1`,
    useRow,
  )
  return use
}

/** Newest first. */
export const selectVersions = (queries: Queries, limit: number): Promise<readonly CatalogueVersion[]> =>
  queries.query(
    sql`select ${versionColumns} from catalogue_versions order by number desc limit ${limit}`,
    versionRow,
  )

export async function selectVersion(queries: Queries, number: number): Promise<CatalogueVersion | undefined> {
  const [version] = await queries.query(
    sql`select ${versionColumns} from catalogue_versions where number = ${number}`,
    versionRow,
  )
  return version
}

export const selectFiles = (queries: Queries, version: number): Promise<readonly CatalogueFile[]> =>
  queries.query(
    sql`select name, text from catalogue_files where version = ${version} order by name`,
    z.object({ name: z.string(), text: z.string() }),
  )

export async function insertVersion(
  queries: Queries,
  {
    digest,
    way,
    author,
    note,
    madeAt,
    parent = null,
  }: Omit<CatalogueVersion, 'number' | 'parent'> & {
    readonly parent?: number | undefined | null
  },
  files: readonly CatalogueFile[],
): Promise<number> {
  const [added] = await queries.query(
    sql`insert into catalogue_versions (number, digest, way, author, note, made_at, parent)
      select coalesce(max(number), 0) + 1, ${digest}, ${way}, ${author}, ${note}, ${time(madeAt)}, ${parent}::integer
      from catalogue_versions returning number`,
    z.object({ number: z.number() }),
  )
  const number = added?.number ?? 0
  await queries.execute(sql`
    insert into catalogue_files (version, name, text)
    select ${number}::integer, name, text
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (name text, text text)`)
  return number
}

export async function insertUse(
  queries: Queries,
  { version, fromAt, because, author, decidedAt }: Omit<CatalogueUse, 'id'>,
): Promise<void> {
  await queries.execute(sql`
    insert into catalogue_uses (id, version, from_at, because, author, decided_at)
    select coalesce(max(id), 0) + 1, ${version}::integer, ${time(fromAt)}, ${because}, ${author}, ${time(decidedAt)}
    from catalogue_uses`)
}

export async function selectDraft(queries: Queries): Promise<CatalogueDraft | undefined> {
  const [draft] = await queries.query(
    sql`select base, revision, files, author, changed_at as "changedAt" from catalogue_draft`,
    draftRow,
  )
  return draft
}

export async function putDraft(
  queries: Queries,
  {
    base = null,
    revision,
    files,
    author,
    changedAt,
  }: Omit<CatalogueDraft, 'base'> & {
    readonly base?: number | undefined | null
  },
): Promise<void> {
  await queries.execute(sql`
    insert into catalogue_draft (base, revision, files, author, changed_at)
    values (${base}::integer, ${revision}::integer, ${JSON.stringify(files)}::jsonb, ${author}, ${time(changedAt)})
    on conflict (single) do update set base = excluded.base, revision = excluded.revision, files = excluded.files,
      author = excluded.author, changed_at = excluded.changed_at`)
}

export const deleteDraft = (queries: Queries): Promise<number> =>
  queries.execute(sql`delete from catalogue_draft`)
