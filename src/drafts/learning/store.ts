import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import { heldOutSlots } from '../../triage/index.ts'
import { type KindModel, type KindModelUse, nightFiguresSchema, worseSchema } from './api.ts'

const time = z.date().transform(at => at.getTime())
const moment = (ms: number) => new Date(ms).toISOString()

const modelRow = z.object({
  version: z.number(),
  madeAtMs: time,
  learnt: z.number(),
  untilMs: time,
  catalogue: z.string(),
  figures: nightFiguresSchema.omit({ kinds: true, confusion: true }),
  worse: worseSchema,
  state: z.enum(['kept', 'refused', 'erased', 'old']),
  digest: z.string(),
})
export type KindModelRow = z.output<typeof modelRow>
const columns = sql`version, made_at as "madeAtMs", learnt, until_at as "untilMs", catalogue, worse, state, digest`

/** The newest first; without what they are by kind, which is a hundred times the rest. */
export const selectModels = (queries: Queries, most: number): Promise<readonly KindModelRow[]> =>
  queries.query(
    sql`select ${columns}, figures - 'kinds' - 'confusion' as figures from kind_models order by version desc limit ${most}`,
    modelRow,
  )

export const selectModel = async (queries: Queries, version: number) =>
  (
    await queries.query(
      sql`select ${columns}, figures from kind_models where version = ${version}`,
      modelRow.extend({ figures: nightFiguresSchema }),
    )
  )[0]

export const selectPacked = async (queries: Queries, version: number): Promise<string | undefined> =>
  (
    await queries.query(
      sql`select packed from kind_model_files where version = ${version}`,
      z.object({ packed: z.string() }),
    )
  )[0]?.packed

export type NewModel = Omit<KindModel, 'version'> & {
  readonly catalogue: string
  readonly digest: string
  /** Whose words are in it. */
  readonly orders: readonly string[]
  /** Of one that is kept. */
  readonly packed: string | undefined
}

export async function insertModel(queries: Queries, model: NewModel): Promise<number> {
  const { madeAtMs, learnt, untilMs, catalogue, figures, worse, state, digest, orders, packed } = model
  const [added] = await queries.query(
    sql`insert into kind_models (version, made_at, learnt, until_at, catalogue, figures, worse, state, digest, orders)
      select coalesce(max(version), 0) + 1, ${moment(madeAtMs)}::timestamptz, ${learnt}::integer,
        ${moment(untilMs)}::timestamptz, ${catalogue}, ${JSON.stringify(figures)}::jsonb,
        ${JSON.stringify(worse)}::jsonb, ${state}, ${digest}, ${JSON.stringify(orders)}::jsonb
      from kind_models returning version`,
    z.object({ version: z.number() }),
  )
  const version = added?.version ?? 0
  if (packed !== undefined)
    await queries.execute(sql`insert into kind_model_files (version, packed) values (${version}, ${packed})`)
  return version
}

/** Models of which some words are gone, and so the models: the words of an erased order are in none after the next night. */
export async function dropErased(queries: Queries): Promise<readonly number[]> {
  const gone = await queries.query(
    sql`update kind_models set state = 'erased', orders = '[]'::jsonb
      where state = 'kept' and exists (
        select 1 from jsonb_array_elements_text(orders) as own (number)
        where not exists (select 1 from kind_choices where order_number = own.number))
      returning version`,
    z.object({ version: z.number() }),
  )
  await dropFiles(queries)
  return gone.map(({ version }) => version)
}

/** @param inUse stays, however old it is */
export async function dropOld(queries: Queries, most: number, inUse: number): Promise<void> {
  await queries.execute(
    sql`update kind_models set state = 'old', orders = '[]'::jsonb
      where state = 'kept' and version <> ${inUse} and version not in (
        select version from kind_models where state = 'kept' order by version desc limit ${most})`,
  )
  await dropFiles(queries)
}

const dropFiles = (queries: Queries) =>
  queries.execute(
    sql`delete from kind_model_files where version in (select version from kind_models where state <> 'kept')`,
  )

const useRow = z.object({
  id: z.number(),
  version: z.number(),
  because: z.enum(['learned', 'rolled-back', 'chosen', 'erased']),
  by: z.string(),
  atMs: time,
})
export type StoredUse = z.output<typeof useRow>

/** What was in use, the latest first. */
export const selectUses = (queries: Queries, most: number): Promise<readonly StoredUse[]> =>
  queries.query(
    sql`select id, version, because, by, at as "atMs" from kind_model_uses order by id desc limit ${most}`,
    useRow,
  )

export const insertUse = (queries: Queries, { version, because, by, atMs }: KindModelUse): Promise<number> =>
  queries.execute(
    sql`insert into kind_model_uses (id, version, because, by, at)
      select coalesce(max(id), 0) + 1, ${version}::integer, ${because}, ${by}, ${moment(atMs)}::timestamptz
      from kind_model_uses`,
  )

/** What people confirmed, the latest of them, in order of time. */
export const selectConfirmed = async (queries: Queries, most: number) =>
  (
    await queries.query(
      sql`select order_number as "order", at as "atMs", heard as text, object as label from kind_choices
        order by at desc, order_number desc limit ${most}`,
      z.object({ order: z.string(), atMs: time, text: z.string(), label: z.string() }),
    )
  ).toReversed()

const { slotMs, slots } = heldOutSlots
const isHeldOut = sql`floor(extract(epoch from at) * 1000 / ${slotMs}::integer)::bigint % ${slots}::integer = ${slots - 1}::integer`

/** How many were confirmed, after a moment, and in time that is held out; of the latest of them. */
export const countConfirmed = async (queries: Queries, sinceMs: number, most: number) =>
  (
    await queries.query(
      sql`select count(*)::integer as texts, count(*) filter (where at > ${moment(sinceMs)})::integer as fresh,
          count(*) filter (where ${isHeldOut})::integer as held
        from (select at from kind_choices order by at desc, order_number desc limit ${most}) as latest`,
      z.object({ texts: z.number(), fresh: z.number(), held: z.number() }),
    )
  )[0] ?? { texts: 0, fresh: 0, held: 0 }
