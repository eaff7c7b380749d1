import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { Member } from './api.ts'
import { memberColumns, memberFields } from './store.ts'

/** When a session began, when it was last used, and when it ends at the latest. */
export type SessionTimes = {
  readonly beganAtMs: number
  readonly usedAtMs: number
  readonly endsAtMs: number
}
/** Where a session was opened: browser and operating system, and address. */
export type SessionPlace = { readonly device: string; readonly address: string }

export const insertSession = (
  queries: Queries,
  id: string,
  name: string,
  {
    beganAtMs,
    usedAtMs,
    endsAtMs,
    device,
    address,
    isHalf,
  }: SessionTimes & SessionPlace & { isHalf: boolean },
): Promise<number> =>
  queries.execute(sql`
    insert into staff_sessions (id, member, began_at, used_at, ends_at, device, address, half)
    values (${id}, ${name}, ${new Date(beganAtMs)}, ${new Date(usedAtMs)}, ${new Date(endsAtMs)}, ${device}, ${address}, ${isHalf})`)

const times = { beganAt: z.date(), usedAt: z.date(), endsAt: z.date() }
const timeColumns = sql`began_at as "beganAt", used_at as "usedAt", ends_at as "endsAt"`
const timesOf = ({
  beganAt,
  usedAt,
  endsAt,
}: {
  beganAt: Date
  usedAt: Date
  endsAt: Date
}): SessionTimes => ({
  beganAtMs: beganAt.getTime(),
  usedAtMs: usedAt.getTime(),
  endsAtMs: endsAt.getTime(),
})

const sessionRow = z
  .object({
    ...memberFields,
    ...times,
    temporary: z.boolean(),
    half: z.boolean(),
    hasPassword: z.boolean(),
    hasFactor: z.boolean(),
  })
  .transform(({ name, display, role, unit, beganAt, usedAt, endsAt, ...rest }) => ({
    member: { name, display, role, unit: unit === null ? undefined : unit } as Member,
    ...rest,
    ...timesOf({ beganAt, usedAt, endsAt }),
  }))
export type StoredSession = z.output<typeof sessionRow>

export async function selectSession(queries: Queries, id: string) {
  const [row] = await queries.query(
    sql`select ${memberColumns}, staff.temporary, half, staff.password is not null as "hasPassword",
        exists (select 1 from staff_factors where staff_factors.member = staff.name) as "hasFactor",
        ${timeColumns} from staff_sessions
      join staff on staff.name = member where id = ${id}`,
    sessionRow,
  )
  return row
}

const listedRow = z
  .object({ id: z.string(), device: z.string(), address: z.string(), ...times })
  .transform(({ id, device, address, ...rest }) => ({ id, device, address, ...timesOf(rest) }))

/** The sessions of a member, most recently used first. */
export const selectSessionsOf = (queries: Queries, name: string) =>
  queries.query(
    sql`select id, device, address, ${timeColumns} from staff_sessions where member = ${name} and not half order by used_at desc, id`,
    listedRow,
  )

export const touchSession = (queries: Queries, id: string, usedAtMs: number): Promise<number> =>
  queries.execute(sql`update staff_sessions set used_at = ${new Date(usedAtMs)} where id = ${id}`)

export const deleteSession = (queries: Queries, id: string): Promise<number> =>
  queries.execute(sql`delete from staff_sessions where id = ${id}`)

export const deleteSessionOf = (queries: Queries, name: string, id: string): Promise<number> =>
  queries.execute(sql`delete from staff_sessions where member = ${name} and id = ${id}`)

/** @returns the ids of the sessions that ended */
export async function deleteSessionsOf(
  queries: Queries,
  name: string,
  but: string | undefined,
): Promise<readonly string[]> {
  const rows = await queries.query(
    sql`delete from staff_sessions where member = ${name} and id <> ${but ?? ''} returning id`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}

export const deleteEndedSessions = (queries: Queries, nowMs: number): Promise<number> =>
  queries.execute(sql`delete from staff_sessions where ends_at <= ${new Date(nowMs)}`)
