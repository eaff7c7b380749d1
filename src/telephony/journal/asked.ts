import { z } from 'zod'
import { type Migration, type Queries, sql } from '../../storage/index.ts'
import type { AskedFigures } from '../api.ts'
import type { CallId } from '../call.ts'

/** @param asks which facts say that they want a person. @param leaves which say that they left the queue */
const selectAsking = (asks: string, leaves: string) => `\
      select call_id, asked_us,
        case when connected_us is not null then 'answered' when gave_up then 'abandoned' else 'otherwise' end as outcome,
        coalesce(connected_us, left_us, ended_us) - asked_us as waited_us,
        coalesce(least(moved_us, ended_us) - connected_us, 0) as talked_us
      from (
        select call_id,
          min(at_us) filter (where ${asks}) as asked_us,
          min(at_us) filter (where fact->>'kind' = 'connected') as connected_us,
          max(at_us) filter (where ${leaves}) as left_us,
          min(at_us) filter (where fact->>'kind' = 'transferred') as moved_us,
          max(at_us) filter (where fact->>'kind' = 'ended') as ended_us,
          coalesce(
            bool_or(fact->>'reason' = 'abandoned') filter (where ${leaves}),
            bool_or(fact->>'by' = 'them') filter (where fact->>'kind' = 'ended')
          ) as gave_up
        from call_facts group by call_id
      ) as one`

/**
 * What came of each call that asked for a person, a row each, written with its end: a month of them is read in a second,
 * where the facts of a million calls would take twenty. The view says it once, for calls that were there before the
 * table and for those that come. The tallies of a day count by the INVITE, and know neither when a person was asked for nor
 * for how long they talked.
 */
export const askedMigration: Migration = {
  name: 'telephony-6-asked',
  sql: `
    create table asked_calls (
      call_id text collate "C" primary key,
      asked_us bigint not null,
      outcome text not null check (outcome in ('answered', 'abandoned', 'otherwise')),
      waited_us bigint not null,
      talked_us bigint not null
    );
    create index asked_calls_by_time on asked_calls (asked_us);

    -- Waited: until a person, or until they left the queue. Talked: with seats of ours, music and moves between them included.
    create view calls_that_asked as
${selectAsking("fact->>'kind' in ('queued', 'left-line')", "fact->>'kind' = 'left-line'")}
      where asked_us is not null and ended_us is not null;
    insert into asked_calls select call_id, asked_us, outcome, waited_us, talked_us from calls_that_asked;`,
}

/** Leaving the queue was `left-line` once, and is so in facts that are kept. */
export const askedOfQueueMigration: Migration = {
  name: 'telephony-12-left-queue',
  sql: `
    create or replace view calls_that_asked as
${selectAsking("fact->>'kind' in ('queued', 'left-queue', 'left-line')", "fact->>'kind' in ('left-queue', 'left-line')")}
      where asked_us is not null and ended_us is not null;`,
}

/** @param ended calls whose facts are all written */
export async function insertAsked(queries: Queries, ended: readonly CallId[]): Promise<void> {
  if (ended.length === 0) return
  await queries.execute(sql`
    insert into asked_calls
    select call_id, asked_us, outcome, waited_us, talked_us from calls_that_asked
    where call_id = any (${arrayOf(ended)}::text[]) on conflict do nothing`)
}

const figuresRow = z.object({
  stretch: z.number(),
  asked: z.number(),
  soon: z.number(),
  abandoned: z.number(),
  answered: z.number(),
  talkedSeconds: z.number(),
  waitedSeconds: z.number(),
})

/**
 * Calls by when they asked for a person, in stretches that follow one another; those in which nobody asked are left out.
 * @param startsMs of every stretch, in order; the last ends at `untilMs`
 * @param soonMs how long after it asked a call is answered soon
 */
export async function askedFigures(
  queries: Queries,
  {
    startsMs,
    untilMs,
    soonMs,
  }: { readonly startsMs: readonly number[]; readonly untilMs: number; readonly soonMs: number },
): Promise<readonly AskedFigures[]> {
  const [firstMs] = startsMs
  if (firstMs === undefined) return []
  return queries.query(
    sql`
      select width_bucket(asked_us, ${arrayOf(startsMs.map(ms => ms * 1000))}::bigint[]) - 1 as stretch,
        count(*)::int as asked,
        (count(*) filter (where outcome = 'answered' and waited_us <= ${soonMs * 1000}::bigint))::int as soon,
        (count(*) filter (where outcome = 'abandoned'))::int as abandoned,
        (count(*) filter (where outcome = 'answered'))::int as answered,
        (sum(talked_us) / 1e6)::float8 as "talkedSeconds",
        (sum(waited_us) / 1e6)::float8 as "waitedSeconds"
      from asked_calls
      where asked_us >= ${firstMs * 1000}::bigint and asked_us < ${untilMs * 1000}::bigint
      group by stretch order by stretch`,
    figuresRow,
  )
}

/** A literal of numbers or ids of ours, which hold nothing that would have to be quoted. */
const arrayOf = (values: readonly (number | string)[]) => `{${values.join(',')}}`
