import { z } from 'zod'
import { writable } from '../../foundation/index.ts'
import { type Queries, sql } from '../../storage/index.ts'
import { type CallFact, type CallQuery, type CallState, callStateSchema, type PastCall } from '../api.ts'
import type { CallId } from '../call.ts'
import type { TimedFact } from '../journal.ts'
import { insertAsked } from './asked.ts'
import { asItWas } from './cut.ts'
import { storedFactSchema } from './stored-fact.ts'

/** Names of a call are as its caller wrote them: one zero byte in them loses no fact. */
export const jsonOf = (rows: readonly object[]): string =>
  JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'string' ? writable(value) : value))

/** A fact on its way to the database; `atUs` is wall time in µs, later by one than the fact before it at least. */
export type JournalEntry = {
  readonly call: CallId
  readonly atUs: number
  readonly fact: CallFact
  /** The process whose call it is. */
  readonly node?: string
}

/**
 * Writes facts and what the list of calls shows of them. What has been written already is left as it is.
 * @param soonMs what counts as soon for calls that begin now
 */
export async function insertFacts(
  queries: Queries,
  entries: readonly JournalEntry[],
  soonMs: number,
): Promise<void> {
  await queries.execute(sql`
    insert into call_facts (call_id, at_us, fact)
    select call, "atUs", fact
    from jsonb_to_recordset(${jsonOf(entries)}::jsonb) as entry (call text, "atUs" bigint, fact jsonb)
    on conflict do nothing`)
  const lines = [...linesOf(entries).values()]
  const begun = lines.filter(({ invitedUs }) => invitedUs !== undefined)
  const gone = lines.filter(({ invitedUs }) => invitedUs === undefined)
  if (begun.length > 0)
    await queries.execute(sql`
      insert into calls (id, line, direction, caller, called, invited_at, queued_at, answered_at, connected_at,
        ended_at, ended_by, end_reason, life, flow, met_menu, soon_ms, proved, promised_at, turned_away_at)
      select id, line, direction, caller, called, ${momentOf('invitedUs')}, ${wantedAt('entry')},
        ${momentOf('answeredUs')}, ${momentOf('connectedUs')}, ${momentOf('endedUs')}, "endedBy", "endReason", node, flow, "metMenu", ${soonMs}::int,
        coalesce(proved, true), ${momentOf('promisedUs')}, ${momentOf('turnedAwayUs')}
      from ${recordsOf(begun)} on conflict do nothing`)
  if (gone.length > 0)
    await queries.execute(sql`
      update calls set answered_at = coalesce(${momentOf('answeredUs')}, answered_at),
        queued_at = least(queued_at, ${wantedAt('calls')}),
        promised_at = least(promised_at, ${momentOf('promisedUs')}),
        turned_away_at = least(turned_away_at, ${momentOf('turnedAwayUs')}),
        connected_at = least(connected_at, ${momentOf('connectedUs')}),
        flow = coalesce(calls.flow, entry.flow),
        met_menu = case when queued_at is null then greatest(met_menu, "metMenu") else met_menu end,
        ended_at = coalesce(${momentOf('endedUs')}, ended_at),
        ended_by = coalesce("endedBy", ended_by), end_reason = coalesce("endReason", end_reason)
      from ${recordsOf(gone)} where calls.id = entry.id`)
  await insertAsked(
    queries,
    lines.flatMap(({ id, endedUs }) => (endedUs === undefined ? [] : [id])),
  )
}

/** All facts of these calls, in order and as it was by all that is known now; none of a call of which none is written. */
export async function selectFacts(
  queries: Queries,
  calls: readonly CallId[],
): Promise<ReadonlyMap<CallId, readonly TimedFact[]>> {
  const rows = await queries.query(
    sql`select call_id as call, at_us as "atUs", fact from call_facts
      where call_id in (select jsonb_array_elements_text(${JSON.stringify(calls)}::jsonb)) order by at_us`,
    z.object({ call: z.string().transform(id => id as CallId), atUs: z.number(), fact: z.unknown() }),
  )
  const found = new Map<CallId, TimedFact[]>()
  for (const { call, atUs, fact } of rows) {
    // A node of another build may have written facts that this one does not know.
    const known = storedFactSchema.safeParse(fact)
    if (!known.success) continue
    const ofCall = found.get(call) ?? []
    ofCall.push({ atMs: atUs / 1000, fact: known.data })
    found.set(call, ofCall)
  }
  return new Map([...found].map(([call, all]) => [call, asItWas(all)]))
}

/** What some facts say of one call's line in the list. */
type LineOfCall = {
  readonly id: CallId
  line?: string
  direction?: string
  caller?: string
  called?: string
  proved?: boolean
  invitedUs?: number
  /** When it first wanted a person, whether or not it could wait, and when it first had one. */
  queuedUs?: number
  connectedUs?: number
  /** When it was first promised a callback, and when the queue first had no place for it. */
  promisedUs?: number
  turnedAwayUs?: number
  answeredUs?: number
  endedUs?: number
  endedBy?: string
  endReason?: string
  node?: string
  /** The flow that it was led through first. */
  flow?: string
  /** Whether it had to get through a menu before it waited for a person; absent where nothing says so. */
  metMenu?: boolean
}

const kindsInList = [
  'invited',
  'flow',
  'queued',
  'left-queue',
  'promised',
  'answered',
  'connected',
  'ended',
] as const

const isInList = (fact: CallFact): fact is Extract<CallFact, { kind: (typeof kindsInList)[number] }> =>
  kindsInList.some(kind => kind === fact.kind)

/** Most short calls begin and end within one batch: they are written once, whole. */
function linesOf(entries: readonly JournalEntry[]): ReadonlyMap<CallId, LineOfCall> {
  const lines = new Map<CallId, LineOfCall>()
  for (const { call: id, atUs, fact, node } of entries) {
    if (!isInList(fact)) continue
    const line = lines.get(id) ?? { id }
    lines.set(id, line)
    if (fact.kind === 'answered') line.answeredUs = atUs
    else if (fact.kind === 'flow') {
      line.flow ??= fact.flow
      if (line.queuedUs === undefined) line.metMenu = line.metMenu === true || fact.menu === true
    } else if (fact.kind === 'queued') line.queuedUs ??= atUs
    else if (fact.kind === 'left-queue') {
      line.queuedUs ??= atUs
      if (fact.reason === 'full' || fact.reason === 'failed') line.turnedAwayUs ??= atUs
    } else if (fact.kind === 'promised') line.promisedUs ??= atUs
    else if (fact.kind === 'connected') line.connectedUs ??= atUs
    else if (fact.kind === 'ended')
      Object.assign(line, { endedUs: atUs, endedBy: fact.by, endReason: fact.reason })
    else {
      const { line: name, direction, caller, called, isProved: proved, flow } = fact
      Object.assign(line, { line: name, direction, caller, called, proved, flow, invitedUs: atUs, node })
    }
  }
  return lines
}

const recordsOf = (lines: readonly LineOfCall[]) => sql`
  jsonb_to_recordset(${jsonOf(lines)}::jsonb) as entry (id text, line text, direction text, caller text,
    called text, "invitedUs" bigint, "queuedUs" bigint, "answeredUs" bigint, "connectedUs" bigint, "endedUs" bigint,
    "promisedUs" bigint, "turnedAwayUs" bigint, "endedBy" text, "endReason" text, node text, flow text, "metMenu" boolean, proved boolean)`

type Moment = Extract<keyof LineOfCall, `${string}Us`>
const momentOf = (name: Moment) => sql`to_timestamp(${sql.raw(`"${name}"`)} / 1e6)`
/** Whoever has a person wanted one, also where they rang while a seat rang them. */
const wantedAt = (rows: 'entry' | 'calls') => sql`least(${momentOf('queuedUs')},
  case when ${sql.raw(rows)}.direction = 'in' then ${momentOf('connectedUs')} end)`

/** A line of the list of calls. Caller and called are numbers: for those who hold the token, never for a log. */
export const callRow = z.object({
  id: z.string() as unknown as z.ZodType<CallId>,
  line: z.string(),
  direction: z.enum(['in', 'out']),
  caller: z.string(),
  called: z.string(),
  /** False where anybody can have said that it is this number. */
  proved: z.boolean().optional(),
  state: callStateSchema,
  invitedAt: z.date(),
  answeredAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
  /** Of one that was not taken: the status and why, as `488 no-common-codec`. */
  refusal: z.string().nullable(),
})
export type CallRow = Readonly<z.infer<typeof callRow>>

const columns = sql`id, line, direction, caller, called, proved,
  case when ended_at is not null then 'ended' when answered_at is not null then 'answered' else 'ringing' end as state,
  invited_at as "invitedAt", answered_at as "answeredAt", ended_at as "endedAt",
  ended_by as "endedBy", end_reason as "endReason",
  case when ended_at is not null and answered_at is null then (
    select concat_ws(' ', fact->>'status', fact->>'why') from call_facts
    where call_id = calls.id and fact->>'kind' = 'refused' limit 1
  ) end as refusal`

const whereState = {
  ringing: sql`answered_at is null and ended_at is null`,
  answered: sql`answered_at is not null and ended_at is null`,
  ended: sql`ended_at is not null`,
} satisfies Record<CallState, unknown>

/**
 * Calls, newest first: ids sort by age.
 * @param before the last id of the page before.
 */
export async function listCalls(queries: Queries, page: CallQuery): Promise<readonly CallRow[]> {
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
    z.object({ atUs: z.number(), fact: storedFactSchema }),
  )
  return { call, facts: rows.map(({ atUs, fact }) => ({ atMs: atUs / 1000, fact })) }
}

const pastRow = z
  .object({
    id: z.string(),
    direction: z.enum(['in', 'out']),
    invitedAt: z.date(),
    endedAt: z.date().nullable(),
    seat: z.string().nullable(),
  })
  .transform(
    ({ id, direction, invitedAt, endedAt, seat }): PastCall => ({
      id,
      direction,
      invitedAtMs: invitedAt.getTime(),
      durationMs: endedAt ? endedAt.getTime() - invitedAt.getTime() : undefined,
      seat: seat === null ? undefined : seat,
    }),
  )

/** Calls of a number before the one of this id, newest first; none of a number that is withheld. */
export async function listPastCalls(
  queries: Queries,
  number: string,
  before: string,
  limit: number,
): Promise<readonly PastCall[]> {
  if (number === '') return []
  return queries.query(
    sql`select id, direction, invited_at as "invitedAt", ended_at as "endedAt",
        (select fact->>'seat' from call_facts where call_id = calls.id and fact->>'kind' = 'connected'
          order by at_us desc limit 1) as seat
      from calls
      where ((direction = 'in' and caller = ${number}) or (direction = 'out' and called = ${number})) and id < ${before}
      order by id desc limit ${limit}`,
    pastRow,
  )
}

/** Whether anybody ever rang us from this number. */
export async function hasRung(queries: Queries, number: string): Promise<boolean> {
  const rows = await queries.query(
    sql`select 1 as one from calls where caller = ${number} and caller <> '' and direction = 'in' and proved limit 1`,
    z.object({ one: z.number() }),
  )
  return rows.length > 0
}
