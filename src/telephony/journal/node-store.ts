import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { CallFact } from '../api.ts'
import type { CallId } from '../call.ts'
import { insertAsked } from './asked.ts'
import { jsonOf } from './store.ts'
import { storedFactSchema } from './stored-fact.ts'

// Tables keep the names that they were made with, `lives` and `calls.life`: nodes of two builds write them side by side
// while a city brings in a new one.

export async function beat(queries: Queries, id: string, nowMs: number): Promise<void> {
  await queries.execute(sql`
    insert into lives (id, beat_at) values (${id}, ${new Date(nowMs)})
    on conflict (id) do update set beat_at = excluded.beat_at`)
}

/** A node, and one that died before it, if it is known which. */
export type NodeAndDead = { readonly id: string; readonly before?: string }

/** A call that its node left open when it died. */
export type OpenCall = {
  readonly id: CallId
  readonly node: string
  readonly facts: readonly CallFact[]
  readonly endUs: number
}

const openCall = z.object({
  id: z.string().transform(id => id as CallId),
  node: z.string(),
  facts: z
    .array(z.unknown())
    .transform(all => all.flatMap(fact => storedFactSchema.safeParse(fact).data ?? [])),
  endUs: z.number(),
})

/**
 * Open calls of all nodes but one that have not beaten since `untilMs`, or are known to be dead, for this transaction alone;
 * they end at their node's last sign of life, or at their own.
 */
export const lockOpenCalls = (
  queries: Queries,
  { id, before = '' }: NodeAndDead,
  untilMs: number,
  limit: number,
): Promise<readonly OpenCall[]> =>
  queries.query(
    sql`
      with dead as (
        select calls.id, coalesce(calls.life, '') as node, greatest(calls.invited_at, calls.answered_at, lives.beat_at) as at
        from calls left join lives on lives.id = calls.life
        where calls.ended_at is null and calls.life is distinct from ${id}
          and (lives.beat_at is null or lives.beat_at < ${new Date(untilMs)} or calls.life = ${before})
        order by calls.id limit ${limit} for update of calls skip locked
      )
      select dead.id, dead.node,
        coalesce((select jsonb_agg(fact order by at_us) from call_facts where call_id = dead.id), '[]') as facts,
        greatest(
          (extract(epoch from dead.at) * 1000000)::bigint,
          (select max(at_us) + 1 from call_facts where call_id = dead.id)
        ) as "endUs"
      from dead`,
    openCall,
  )

export async function endOpenCalls(
  queries: Queries,
  ends: readonly { readonly id: CallId; readonly endUs: number; readonly facts: readonly CallFact[] }[],
): Promise<void> {
  const rows = ends.flatMap(({ id, endUs, facts }) =>
    facts.map((fact, index) => ({ id, atUs: endUs + index, fact })),
  )
  await queries.execute(sql`
    insert into call_facts (call_id, at_us, fact)
    select id, "atUs", fact
    from jsonb_to_recordset(${jsonOf(rows)}::jsonb) as entry (id text, "atUs" bigint, fact jsonb)
    on conflict do nothing`)
  await queries.execute(sql`
    update calls
    set ended_at = to_timestamp("endUs" / 1e6), ended_by = 'failure', end_reason = 'process-died'
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as entry (id text, "endUs" bigint)
    where calls.id = entry.id`)
  await insertAsked(
    queries,
    ends.map(({ id }) => id),
  )
}

export async function forgetDeadNodes(queries: Queries, id: string, untilMs: number): Promise<void> {
  await queries.execute(sql`delete from lives where id <> ${id} and beat_at < ${new Date(untilMs)}`)
}

/**
 * Takes what only one node may hold, or holds it on; another gets it when its holder has not for so long, or is dead.
 * @returns whether it is ours
 */
export async function takeLease(
  queries: Queries,
  name: string,
  { id, before = '', nowMs, untilMs }: NodeAndDead & { readonly nowMs: number; readonly untilMs: number },
): Promise<boolean> {
  const taken = await queries.execute(sql`
    insert into leases (name, holder, until_at) values (${name}, ${id}, ${new Date(untilMs)})
    on conflict (name) do update set holder = excluded.holder, until_at = excluded.until_at
    where leases.holder in (excluded.holder, ${before}) or leases.until_at < ${new Date(nowMs)}`)
  return taken > 0
}

export async function leaveLeases(queries: Queries, id: string): Promise<void> {
  await queries.execute(sql`delete from leases where holder = ${id}`)
}

export async function endNode(queries: Queries, id: string): Promise<void> {
  await queries.execute(sql`delete from lives where id = ${id}`)
}
