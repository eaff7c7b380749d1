import { type Queries, sql } from '../../storage/index.ts'

export async function beat(queries: Queries, id: string, nowMs: number): Promise<void> {
  await queries.execute(sql`
    insert into lives (id, beat_at) values (${id}, ${new Date(nowMs)})
    on conflict (id) do update set beat_at = excluded.beat_at`)
}

/**
 * Ends open calls of all lives but one that have not beaten since `untilMs`, at their last sign of life.
 * @returns how many
 */
export async function endCallsOfTheDead(queries: Queries, id: string, untilMs: number): Promise<number> {
  const ended = await queries.execute(sql`
    with dead as (
      select calls.id, greatest(calls.invited_at, calls.answered_at, lives.beat_at) as at
      from calls left join lives on lives.id = calls.life
      where calls.ended_at is null and calls.life is distinct from ${id}
        and (lives.beat_at is null or lives.beat_at < ${new Date(untilMs)})
    ), told as (
      insert into call_facts (call_id, at_us, fact)
      select dead.id,
        greatest(
          (extract(epoch from dead.at) * 1000000)::bigint,
          (select max(at_us) + 1 from call_facts where call_id = dead.id)
        ),
        '{"kind": "ended", "by": "failure", "reason": "process-died"}'::jsonb
      from dead
      returning call_id, at_us
    )
    update calls
    set ended_at = to_timestamp(told.at_us / 1e6), ended_by = 'failure', end_reason = 'process-died'
    from told where calls.id = told.call_id`)
  await queries.execute(sql`
    delete from lives where id <> ${id} and beat_at < ${new Date(untilMs)}`)
  return ended
}

export async function endLife(queries: Queries, id: string): Promise<void> {
  await queries.execute(sql`delete from lives where id = ${id}`)
}
