import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import { type ChainedEvent, genesis, hashOf } from './chain.ts'
import type { SurveyEvent, TimedEvent } from './survey.ts'

/** Chains side by side, so that nodes do not wait for one another at one head. */
export const lanes = 8
const laneOf = (survey: string) => survey.charCodeAt(survey.length - 1) % lanes

export type StoredEvent = ChainedEvent & { readonly lane: number; readonly hash: string }

const headRow = z.object({ lane: z.number(), seq: z.number(), hash: z.string() })
export type ChainHead = z.output<typeof headRow>

/** Puts events at the ends of their chains, which nobody else does until the transaction ends. */
export async function appendEvents(
  queries: Queries,
  nowMs: number,
  events: readonly { readonly survey: string; readonly event: SurveyEvent }[],
): Promise<void> {
  const used = [...new Set(events.map(({ survey }) => laneOf(survey)))].sort((a, b) => a - b)
  if (used.length === 0) return
  const heads = new Map((await lockHeads(queries, used)).map(head => [head.lane, head]))
  const rows = events.map(({ survey, event }) => {
    const lane = laneOf(survey)
    const head = heads.get(lane) ?? { lane, seq: 0, hash: genesis }
    const chained = { survey, seq: head.seq + 1, atMs: nowMs, event }
    const hash = hashOf(head.hash, chained)
    heads.set(lane, { lane, seq: chained.seq, hash })
    return { lane, seq: chained.seq, survey, at_ms: nowMs, event, hash }
  })
  await queries.execute(sql`
    with appended as (
      insert into survey_events (lane, seq, survey, at_ms, event, hash)
      select lane, seq, survey, at_ms, event, hash from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as x(lane int, seq int8, survey text, at_ms int8, event jsonb, hash text)
    )
    update survey_chains set seq = x.seq, hash = x.hash
    from jsonb_to_recordset(${JSON.stringify([...heads.values()])}::jsonb) as x(lane int, seq int8, hash text)
    where survey_chains.lane = x.lane`)
}

/** Always in the same order, so that no two transactions wait for each other. */
async function lockHeads(queries: Queries, used: readonly number[]): Promise<readonly ChainHead[]> {
  const list = JSON.stringify(used)
  const heads = await queries.query(
    sql`select lane, seq, hash from survey_chains
      where lane in (select value::int from jsonb_array_elements_text(${list}::jsonb)) order by lane for update`,
    headRow,
  )
  if (heads.length === used.length) return heads
  await queries.execute(sql`
    insert into survey_chains (lane, seq, hash)
    select value::int, 0, ${genesis} from jsonb_array_elements_text(${list}::jsonb) on conflict do nothing`)
  return lockHeads(queries, used)
}

/** @param event as it was written; only this room writes it. */
const eventRow = z.object({ survey: z.string(), at_ms: z.number(), event: z.custom<SurveyEvent>() })

/** All that happened to these surveys, in order. */
export async function eventsOf(
  queries: Queries,
  surveys: readonly string[],
): Promise<ReadonlyMap<string, readonly TimedEvent[]>> {
  const rows = await queries.query(
    sql`select survey, at_ms, event from survey_events
      where survey in (select jsonb_array_elements_text(${JSON.stringify(surveys)}::jsonb)) order by seq`,
    eventRow,
  )
  const all = new Map<string, TimedEvent[]>(surveys.map(survey => [survey, []]))
  for (const { survey, at_ms, event } of rows) all.get(survey)?.push({ atMs: at_ms, event })
  return all
}

const storedRow = z.object({
  lane: z.number(),
  seq: z.number(),
  survey: z.string(),
  at_ms: z.number(),
  event: z.unknown(),
  hash: z.string(),
})

/** A stretch of one chain, for whoever walks it. */
export async function chainFrom(
  queries: Queries,
  lane: number,
  afterSeq: number,
  limit: number,
): Promise<readonly StoredEvent[]> {
  const rows = await queries.query(
    sql`select lane, seq, survey, at_ms, event, hash from survey_events
      where lane = ${lane} and seq > ${afterSeq} order by seq limit ${limit}`,
    storedRow,
  )
  return rows.map(({ at_ms, ...row }) => ({ ...row, atMs: at_ms }))
}

export const chainHeads = (queries: Queries): Promise<readonly ChainHead[]> =>
  queries.query(sql`select lane, seq, hash from survey_chains order by lane`, headRow)
