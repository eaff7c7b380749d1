import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Seat } from './seat.ts'

/** What of a seat outlives the process. */
export type SavedSeat = Pick<Seat, 'name' | 'display' | 'contact' | 'digest' | 'skills' | 'wantsCalls'>

const seatRow = z.object({
  name: z.string(),
  display: z.string(),
  contact: z
    .string()
    .nullable()
    .transform(text => text ?? undefined),
  digest: z
    .object({ realm: z.string(), md5: z.string(), sha256: z.string() })
    .nullable()
    .transform(digest => digest ?? undefined),
  skills: z.array(z.string()),
  wantsCalls: z.boolean(),
})

/** @returns `unfit`: the names of seats whose row makes no sense, which cost the others nothing */
export async function selectSeats(
  queries: Queries,
): Promise<{ readonly seats: readonly SavedSeat[]; readonly unfit: readonly string[] }> {
  const rows = await queries.query(
    sql`select name, display, contact, digest, skills, wants_calls as "wantsCalls" from seats order by name`,
    z.object({ name: z.string() }).loose(),
  )
  const read = rows.map(row => ({ name: row.name, seat: seatRow.safeParse(row).data }))
  return {
    seats: read.flatMap(({ seat }) => seat ?? []),
    unfit: read.flatMap(({ name, seat }) => (seat ? [] : [name])),
  }
}

export async function upsertSeat(queries: Queries, seat: SavedSeat): Promise<void> {
  const digest = seat.digest ? JSON.stringify(seat.digest) : null
  const contact = seat.contact ?? null
  await queries.execute(sql`
    insert into seats (name, display, contact, digest, skills, wants_calls)
    values (
      ${seat.name}, ${seat.display}, ${contact}, ${digest}::jsonb,
      ${JSON.stringify(seat.skills)}::jsonb, ${seat.wantsCalls}
    )
    on conflict (name) do update set
      display = excluded.display, contact = excluded.contact,
      digest = excluded.digest, skills = excluded.skills, wants_calls = excluded.wants_calls`)
}

export async function deleteSeat(queries: Queries, name: string): Promise<void> {
  await queries.execute(sql`delete from seats where name = ${name}`)
}
