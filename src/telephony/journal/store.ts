import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { CallId } from '../call.ts'
import { type CallFact, callFact, type TimedFact } from '../journal.ts'

/** A fact on its way to the database; `atUs` is wall time in µs, later by one than the fact before it at least. */
export type Entry = { readonly call: CallId; readonly atUs: number; readonly fact: CallFact }

/** Writes facts and what the list of calls shows of them. What has been written already is left as it is. */
export async function insertFacts(queries: Queries, entries: readonly Entry[]): Promise<void> {
  const json = JSON.stringify(entries)
  await queries.execute(sql`
    insert into call_facts (call_id, at_us, fact)
    select call, "atUs", fact from jsonb_to_recordset(${json}::jsonb) as entry (call text, "atUs" bigint, fact jsonb)
    on conflict do nothing`)
  await queries.execute(sql`
    insert into calls (id, line, direction, caller, called, invited_at)
    select call, fact->>'line', fact->>'direction', fact->>'caller', fact->>'called', to_timestamp("atUs" / 1e6)
    from jsonb_to_recordset(${json}::jsonb) as entry (call text, "atUs" bigint, fact jsonb)
    where fact->>'kind' = 'invited'
    on conflict do nothing`)
  if (entries.some(({ fact }) => fact.kind === 'answered'))
    await queries.execute(sql`
      update calls set answered_at = to_timestamp("atUs" / 1e6)
      from jsonb_to_recordset(${json}::jsonb) as entry (call text, "atUs" bigint, fact jsonb)
      where id = call and fact->>'kind' = 'answered'`)
  if (entries.some(({ fact }) => fact.kind === 'ended'))
    await queries.execute(sql`
      update calls set ended_at = to_timestamp("atUs" / 1e6), ended_by = fact->>'by', end_reason = fact->>'reason'
      from jsonb_to_recordset(${json}::jsonb) as entry (call text, "atUs" bigint, fact jsonb)
      where id = call and fact->>'kind' = 'ended'`)
}

export type CallState = 'ringing' | 'answered' | 'ended'

/** A line of the list of calls. Caller and called are numbers: for those who hold the token, never for a log. */
export const callRow = z.object({
  id: z.string() as unknown as z.ZodType<CallId>,
  line: z.string(),
  direction: z.enum(['in', 'out']),
  caller: z.string(),
  called: z.string(),
  state: z.enum(['ringing', 'answered', 'ended']),
  invitedAt: z.date(),
  answeredAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
})
export type CallRow = Readonly<z.infer<typeof callRow>>

const columns = sql`id, line, direction, caller, called,
  case when ended_at is not null then 'ended' when answered_at is not null then 'answered' else 'ringing' end as state,
  invited_at as "invitedAt", answered_at as "answeredAt", ended_at as "endedAt",
  ended_by as "endedBy", end_reason as "endReason"`

const whereState = {
  ringing: sql`answered_at is null and ended_at is null`,
  answered: sql`answered_at is not null and ended_at is null`,
  ended: sql`ended_at is not null`,
} satisfies Record<CallState, unknown>

/**
 * Calls, newest first: ids sort by age.
 * @param before the last id of the page before.
 */
export async function listCalls(
  queries: Queries,
  page: {
    readonly state?: CallState | undefined
    readonly before?: string | undefined
    readonly limit: number
  },
): Promise<readonly CallRow[]> {
  return queries.query(
    sql`select ${columns} from calls
      where ${page.state ? whereState[page.state] : sql`true`} and ${page.before ? sql`id < ${page.before}` : sql`true`}
      order by id desc limit ${page.limit}`,
    callRow,
  )
}

/** One call and all its facts in order; undefined if there is none of that id. */
export async function findCall(
  queries: Queries,
  id: string,
): Promise<{ readonly call: CallRow; readonly facts: readonly TimedFact[] } | undefined> {
  const [call] = await queries.query(sql`select ${columns} from calls where id = ${id}`, callRow)
  if (!call) return undefined
  const rows = await queries.query(
    sql`select at_us as "atUs", fact from call_facts where call_id = ${id} order by at_us`,
    z.object({ atUs: z.number(), fact: callFact }),
  )
  return { call, facts: rows.map(({ atUs, fact }) => ({ atMs: atUs / 1000, fact })) }
}
