import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import type { SeatTalkTime } from '../api.ts'
import type { CallId } from '../call.ts'

const talkRow = z.object({ seat: z.string(), fromMs: z.number(), untilMs: z.number() })

/** Longer than any call: one that began before a stretch may reach into it. */
const longestMs = 6 * 3_600_000

/** When seats talked to callers, of talks that touch a stretch of time and are over; in the order in which they began. */
export const talksOfSeats = (
  queries: Queries,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Promise<readonly SeatTalkTime[]> =>
  queries.query(
    sql`
      with talks as (
        select fact->>'seat' as seat, at_us / 1000.0 as from_ms,
          extract(epoch from coalesce(leg.ended_at, calls.ended_at)) * 1000 as until_ms
        from calls
          join call_facts on call_id = calls.id and fact->>'kind' = 'connected'
          left join calls as leg on leg.id = fact->>'seatCall'
        where calls.invited_at >= ${new Date(fromMs - longestMs)} and calls.invited_at < ${new Date(untilMs)}
      )
      select seat, from_ms::float8 as "fromMs", until_ms::float8 as "untilMs" from talks
      where until_ms > ${fromMs}::float8 and from_ms < ${untilMs}::float8 order by from_ms`,
    talkRow,
  )

const seatCallRow = z
  .object({
    id: z.string().transform(id => id as CallId),
    direction: z.enum(['in', 'out']),
    caller: z.string(),
    called: z.string(),
    proved: z.boolean(),
    invitedAtMs: z.number(),
    connectedAtMs: z.number(),
    endedAtMs: z.number().nullable(),
  })
  .transform(({ endedAtMs, ...row }) => ({ ...row, endedAtMs: endedAtMs ?? undefined }))
/** A call that a seat had, and since when. */
export type CallOfSeat = Readonly<z.output<typeof seatCallRow>>

/** Calls that a seat talked to since a time, the latest first. */
export const callsOfSeat = (
  queries: Queries,
  seat: string,
  { fromMs, limit }: { readonly fromMs: number; readonly limit: number },
): Promise<readonly CallOfSeat[]> =>
  queries.query(
    sql`
      select calls.id, direction, caller, called, proved, extract(epoch from invited_at)::float8 * 1000 as "invitedAtMs",
        min(at_us) / 1000.0::float8 as "connectedAtMs", extract(epoch from ended_at)::float8 * 1000 as "endedAtMs"
      from calls join call_facts on call_id = calls.id and fact->>'kind' = 'connected' and fact->>'seat' = ${seat}
      where calls.invited_at >= ${new Date(fromMs - longestMs)} and at_us >= ${fromMs * 1000}::float8
      group by calls.id order by min(at_us) desc limit ${limit}`,
    seatCallRow,
  )

/** Whether a seat talked to whoever called. */
export async function hadSeat(queries: Queries, call: string, seat: string): Promise<boolean> {
  const found = await queries.query(
    sql`select from call_facts where call_id = ${call} and fact->>'kind' = 'connected' and fact->>'seat' = ${seat} limit 1`,
    z.object({}),
  )
  return found.length > 0
}
