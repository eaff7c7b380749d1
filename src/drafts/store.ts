import { z } from 'zod'
import { givenFileSchema, type Id } from '../foundation/schema.ts'
import { listed, type Queries, type SQL, sql } from '../storage/index.ts'
import { type DraftField, draftFieldNames } from './api.ts'
import type { Draft } from './draft.ts'

const time = z.date().transform(at => at.getTime())
const wordingSchema = z.object({ text: z.string(), by: z.string(), page: z.string().optional() })
const writtenSchema = z.partialRecord(
  z.enum(draftFieldNames as [DraftField, ...DraftField[]]),
  wordingSchema.extend({ seq: z.number(), other: wordingSchema.optional() }),
)

const draftRow = z
  .object({
    id: z.string().transform(id => id as Id<'draft'>),
    call: z.string().nullable(),
    agent: z.string(),
    seq: z.number(),
    written: writtenSchema,
    files: z.array(givenFileSchema).readonly(),
    madeAtMs: time,
    changedAtMs: time,
    endedAtMs: time.nullable(),
  })
  .transform(
    ({ call, endedAtMs, ...row }): Draft => ({
      ...row,
      call: call ?? undefined,
      endedAtMs: endedAtMs ?? undefined,
    }),
  )

const columns = sql`id, call_id as call, agent, seq, written, files, made_at as "madeAtMs", changed_at as "changedAtMs",
  ended_at as "endedAtMs"`

const moment = (ms: number) => new Date(ms).toISOString()

/** @returns whether it is the only open one of its call, or of its agent; nothing is written otherwise */
export async function insertDraft(queries: Queries, draft: Draft): Promise<boolean> {
  const { id, call, agent, seq, written, madeAtMs, changedAtMs } = draft
  const touched = await queries.execute(sql`
    insert into drafts (id, call_id, agent, seq, written, made_at, changed_at)
    values (${id}, ${call ?? null}, ${agent}, ${seq}, ${JSON.stringify(written)}::jsonb, ${moment(madeAtMs)},
      ${moment(changedAtMs)})
    on conflict do nothing`)
  return touched === 1
}

const selectOne = async (queries: Queries, where: SQL): Promise<Draft | undefined> =>
  (await queries.query(sql`select ${columns} from drafts where ${where}`, draftRow))[0]

export const selectDraft = (queries: Queries, id: string) => selectOne(queries, sql`id = ${id}`)
/** Nobody else may change it until the end. */
export const lockDraft = (queries: Queries, id: string) => selectOne(queries, sql`id = ${id} for update`)
export const selectOpenOfCall = (queries: Queries, call: string) =>
  selectOne(queries, sql`call_id = ${call} and ended_at is null`)
export const selectOpenWithoutCall = (queries: Queries, agent: string) =>
  selectOne(queries, sql`agent = ${agent} and call_id is null and ended_at is null`)

/** An agent's own, the latest change first. */
export const selectOpenOfAgent = (queries: Queries, agent: string): Promise<readonly Draft[]> =>
  queries.query(
    sql`select ${columns} from drafts where agent = ${agent} and ended_at is null order by changed_at desc limit 100`,
    draftRow,
  )

export const updateDraft = (
  queries: Queries,
  { id, seq, written, files, changedAtMs }: Draft,
): Promise<number> =>
  queries.execute(sql`
    update drafts set seq = ${seq}, written = ${JSON.stringify(written)}::jsonb, files = ${JSON.stringify(files)}::jsonb, changed_at = ${moment(changedAtMs)}
    where id = ${id}`)

/** What was written is the order's now, or nobody's. @returns whether it was open */
export async function endDraft(
  queries: Queries,
  id: string,
  atMs: number,
  order: string | undefined,
): Promise<boolean> {
  const touched = await queries.execute(sql`
    update drafts set ended_at = ${moment(atMs)}, changed_at = ${moment(atMs)}, order_number = ${order ?? null},
      written = '{}'::jsonb, files = '[]'::jsonb
    where id = ${id} and ended_at is null`)
  return touched === 1
}

const ofCallRow = z.object({
  call: z.string(),
  id: z.string(),
  isOpen: z.boolean(),
  order: z.string().nullable(),
  endedAtMs: time.nullable(),
})

/** What became of these calls here, in order of age. */
export const selectOfCalls = (queries: Queries, calls: readonly string[]) =>
  queries.query(
    sql`select call_id as call, id, ended_at is null as "isOpen", order_number as "order", ended_at as "endedAtMs"
      from drafts where call_id in ${listed(calls)} order by id`,
    ofCallRow,
  )

/** An order that is gone leaves no trace of its call here. */
export async function deleteOfOrder(queries: Queries, order: string): Promise<void> {
  await queries.execute(sql`delete from drafts where order_number = ${order}`)
  await queries.execute(sql`delete from kind_choices where order_number = ${order}`)
}

/** What was suggested from which words, and what the agent took. */
export type KindChoice = {
  readonly order: string
  readonly atMs: number
  readonly by: string
  readonly heard: string
  /** Names of objects, the surest first. */
  readonly suggested: readonly string[]
  readonly kind: string
  readonly object: string
}

export const insertChoice = (queries: Queries, choice: KindChoice): Promise<number> =>
  queries.execute(sql`
    insert into kind_choices (order_number, at, by, heard, suggested, kind, object)
    values (${choice.order}, ${moment(choice.atMs)}, ${choice.by}, ${choice.heard},
      ${JSON.stringify(choice.suggested)}::jsonb, ${choice.kind}, ${choice.object}) on conflict do nothing`)

/** The latest first. */
export const selectChoices = (queries: Queries, limit: number): Promise<readonly KindChoice[]> =>
  queries.query(
    sql`select order_number as "order", at as "atMs", by, heard, suggested, kind, object from kind_choices
      order by at desc, order_number desc limit ${limit}`,
    z.object({
      order: z.string(),
      atMs: time,
      by: z.string(),
      heard: z.string(),
      suggested: z.array(z.string()).readonly(),
      kind: z.string(),
      object: z.string(),
    }),
  )
