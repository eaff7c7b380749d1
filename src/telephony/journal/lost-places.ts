import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'

/** A caller who was cut off or gave up while they waited for a person, by a number that somebody whom we trust vouches for. */
export type LostCaller = {
  readonly number: string
  /** The INVITE from which their waiting counted, ms since 1970. */
  readonly sinceMs: number
  readonly lostAtMs: number
}

const lostRow = z.object({ number: z.string(), sinceMs: z.number(), lostAtMs: z.number() })

/** Nobody waits for longer; so many calls are looked at. */
const mostWaitMs = 4 * 3_600_000

/**
 * Who waited and was gone from a time on: they gave up, the desk closed over them, or their node died and left the call
 * open. A node that lives has its own.
 * @param node this one, which has none that it lost before it began
 */
export const selectLostCallers = (
  queries: Queries,
  node: string,
  fromMs: number,
): Promise<readonly LostCaller[]> =>
  queries.query(
    sql`
      with gone as (
        select calls.id, caller, invited_at, coalesce(ended_at, lives.beat_at, invited_at) as lost_at
        from calls left join lives on lives.id = calls.life
        where invited_at >= ${new Date(fromMs - mostWaitMs)}
          and direction = 'in' and caller <> '' and proved and life is distinct from ${node}
          and (ended_at is null or ended_at >= ${new Date(fromMs)})
      )
      select caller as number,
        coalesce((
          select (fact->>'sinceMs')::float8 from call_facts
          where call_id = gone.id and fact->>'kind' = 'queued' order by at_us desc limit 1
        ), extract(epoch from invited_at)::float8 * 1000) as "sinceMs",
        extract(epoch from lost_at)::float8 * 1000 as "lostAtMs"
      from gone cross join lateral (
        select fact from call_facts
        where call_id = gone.id and fact->>'kind' in ('queued', 'offered', 'offer-failed', 'connected', 'left-queue', 'left-line')
        order by at_us desc limit 1
      ) as last
      where lost_at >= ${new Date(fromMs)}
        and (fact->>'kind' in ('queued', 'offered', 'offer-failed')
          or (fact->>'kind' in ('left-queue', 'left-line') and fact->>'reason' in ('abandoned', 'failed')))
      order by lost_at`,
    lostRow,
  )
