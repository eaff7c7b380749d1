import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { FlowSource } from '../read.ts'
import type { Because, FlowUse, FlowVersion, VersionWay } from './version.ts'
import { provedFlow } from './version-schema.ts'

const versionRow = z.object({
  number: z.number(),
  digest: z.string(),
  way: z.enum(['folder', 'api'] satisfies VersionWay[]),
  author: z.string(),
  note: z.string(),
  madeAt: z.date(),
  parent: z
    .number()
    .nullable()
    .transform(number => number ?? undefined),
  verdict: z.array(provedFlow),
})
const versionColumns = sql`number, digest, way, author, note, made_at as "madeAt", parent, verdict`

const useRow = z
  .object({
    id: z.number(),
    standing: z.number(),
    standingDigest: z.string(),
    trial: z.number().nullable(),
    trialDigest: z.string().nullable(),
    share: z.number().nullable(),
    because: z.enum(['loaded', 'tried', 'promoted', 'rolled-back'] satisfies Because[]),
    author: z.string(),
    usedAt: z.date(),
  })
  .transform(
    ({ standing, standingDigest, trial, trialDigest, share, ...use }): FlowUse => ({
      ...use,
      standing: { number: standing, digest: standingDigest },
      trial: trial === null ? undefined : { number: trial, digest: trialDigest ?? '', share: share ?? 0 },
    }),
  )
const useColumns = sql`flow_uses.id, standing, stood.digest as "standingDigest", trial, tried.digest as "trialDigest",
  share, because, flow_uses.author, used_at as "usedAt"`
const usesWithDigests = sql`flow_uses join flow_versions as stood on stood.number = standing
  left join flow_versions as tried on tried.number = trial`

/** The flows in use; undefined if there have never been any. */
export async function selectUse(queries: Queries): Promise<FlowUse | undefined> {
  const [use] = await queries.query(
    sql`select ${useColumns} from ${usesWithDigests} order by flow_uses.id desc limit 1`,
    useRow,
  )
  return use
}

/** The latest versions, newest first. */
export const selectVersions = (queries: Queries, atMost: number): Promise<readonly FlowVersion[]> =>
  queries.query(
    sql`select ${versionColumns} from flow_versions order by number desc limit ${atMost}`,
    versionRow,
  )

export async function selectVersion(queries: Queries, number: number): Promise<FlowVersion | undefined> {
  const [version] = await queries.query(
    sql`select ${versionColumns} from flow_versions where number = ${number}`,
    versionRow,
  )
  return version
}

/** The files of a version; `path` is the file's name in its folder. */
export const selectFiles = (queries: Queries, version: number): Promise<readonly FlowSource[]> =>
  queries.query(
    sql`select name as path, text from flow_files where version = ${version} order by name`,
    z.object({ path: z.string(), text: z.string() }),
  )

export async function hasDigest(queries: Queries, digest: string): Promise<boolean> {
  const [found] = await queries.query(
    sql`select number from flow_versions where digest = ${digest} limit 1`,
    z.object({ number: z.number() }),
  )
  return found !== undefined
}

export async function insertVersion(
  queries: Queries,
  version: Omit<FlowVersion, 'number'>,
  files: readonly FlowSource[],
): Promise<number> {
  const { digest, way, author, note, madeAt, parent = null, verdict } = version
  const [added] = await queries.query(
    sql`insert into flow_versions (number, digest, way, author, note, made_at, parent, verdict)
      select coalesce(max(number), 0) + 1, ${digest}, ${way}, ${author}, ${note}, ${madeAt.toISOString()}::timestamptz,
        ${parent}::integer, ${JSON.stringify(verdict)}::jsonb from flow_versions
      returning number`,
    z.object({ number: z.number() }),
  )
  const number = added?.number ?? 0
  await queries.execute(sql`
    insert into flow_files (version, name, text)
    select ${number}::integer, path, text
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as file (path text, text text)`)
  return number
}

export type NewUse = {
  readonly standing: number
  readonly trial?: { readonly number: number; readonly share: number }
  readonly because: Because
  readonly author: string
  readonly usedAt: Date
}

export async function insertUse(queries: Queries, use: NewUse): Promise<void> {
  const { standing, trial, because, author, usedAt } = use
  await queries.execute(sql`
    insert into flow_uses (id, standing, trial, share, because, author, used_at)
    select coalesce(max(id), 0) + 1, ${standing}::integer, ${trial?.number ?? null}::integer,
      ${trial?.share ?? null}::double precision, ${because}, ${author}, ${usedAt.toISOString()}::timestamptz
    from flow_uses`)
}
