import { z } from 'zod'
import { onOneLine } from '../foundation/index.ts'
import { type Queries, sql } from '../storage/index.ts'
import { asideReasonSchema, breakReasonSchema, type SeatSpell, seatName, seatSpellSchema } from './api.ts'
import { isContact } from './contact.ts'
import type { SavedSeat } from './seat.ts'

const absent = <Value extends z.ZodType>(value: Value) =>
  value.nullable().transform(found => found ?? undefined)

const standingRow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['calls', 'signed-out']) }),
  z.object({ kind: z.literal('away'), reason: breakReasonSchema }),
  z.object({ kind: z.literal('set-aside'), reason: asideReasonSchema }),
])

const seatRow = z.object({
  name: seatName,
  // Saved by a version that took any text: cleaned, so that it costs nobody their seat.
  display: z.string().transform(onOneLine),
  number: z.int(),
  contact: absent(z.string().refine(isContact)),
  address: absent(z.string().refine(isContact)),
  digest: absent(z.object({ realm: z.string(), md5: z.string(), sha256: z.string() })),
  skills: z.array(z.string()),
  standing: standingRow,
  declined: z.int(),
  unanswered: z.int(),
})

/** @returns `unfit`: the names of seats whose row makes no sense; the others are read all the same */
export async function selectSeats(
  queries: Queries,
): Promise<{ readonly seats: readonly SavedSeat[]; readonly unfit: readonly string[] }> {
  const rows = await queries.query(
    sql`select name, display, number, contact, address, digest, skills, standing, declined, unanswered from seats order by name`,
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
  const { contact = null, address = null } = seat
  const standing = JSON.stringify(seat.standing)
  await queries.execute(sql`
    insert into seats (name, display, number, contact, address, digest, skills, standing, declined, unanswered)
    values (${seat.name}, ${seat.display}, ${seat.number}, ${contact}, ${address}, ${digest}::jsonb,
      ${JSON.stringify(seat.skills)}::jsonb, ${standing}::jsonb, ${seat.declined}, ${seat.unanswered})
    on conflict (name) do update set
      display = excluded.display, number = excluded.number, contact = excluded.contact,
      address = excluded.address, digest = excluded.digest, skills = excluded.skills, standing = excluded.standing, declined = excluded.declined, unanswered = excluded.unanswered`)
}

export async function deleteSeat(queries: Queries, name: string): Promise<void> {
  await queries.execute(sql`delete from seats where name = ${name}`)
}

const spellRow = seatSpellSchema.extend({
  reason: absent(seatSpellSchema.shape.reason.unwrap()),
  member: absent(z.string()),
  fromMs: z.coerce.number(),
  untilMs: z.coerce.number(),
})

/** Those that touch a stretch of time, in the order in which they began. */
export async function selectSpells(
  queries: Queries,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<readonly SeatSpell[]> {
  return queries.query(
    sql`select seat, state, reason, member, from_ms as "fromMs", until_ms as "untilMs" from seat_states
      where until_ms > ${from} and from_ms < ${until} order by from_ms, seat`,
    spellRow,
  )
}

/** A spell that is known already is made longer. */
export async function upsertSpells(queries: Queries, spells: readonly SeatSpell[]): Promise<void> {
  await queries.execute(sql`
    insert into seat_states (seat, from_ms, until_ms, state, reason, member)
    select seat, "fromMs", "untilMs", state, reason, member
    from jsonb_to_recordset(${JSON.stringify(spells)}::jsonb)
      as spell (seat text, "fromMs" bigint, "untilMs" bigint, state text, reason text, member text)
    on conflict (seat, from_ms) do update set until_ms = greatest(seat_states.until_ms, excluded.until_ms)`)
}
