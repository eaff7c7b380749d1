import { z } from 'zod'
import { onOneLine } from '../foundation/index.ts'
import { type Queries, sql } from '../storage/index.ts'
import type { Member } from './api.ts'
import { roles } from './member.ts'

const member = {
  name: z.string(),
  display: z.string().transform(onOneLine),
  role: z.enum(roles),
  unit: z.string().nullable(),
}
const memberColumns = sql`staff.name, staff.display, staff.role, staff.unit`
const memberRow = z
  .object(member)
  .transform(({ unit, ...rest }): Member => ({ ...rest, unit: unit === null ? undefined : unit }))

const accountRow = z
  .object({ ...member, password: z.string().nullable(), subject: z.string().nullable() })
  .transform(({ unit, password, subject, ...rest }) => ({
    member: { ...rest, unit: unit === null ? undefined : unit } as Member,
    password: password ?? undefined,
    subject: subject ?? undefined,
  }))
export type Account = z.output<typeof accountRow>

export async function selectAccount(queries: Queries, name: string): Promise<Account | undefined> {
  const [row] = await queries.query(
    sql`select ${memberColumns}, password, subject from staff where name = ${name}`,
    accountRow,
  )
  return row
}

export const selectMembers = (queries: Queries): Promise<readonly Member[]> =>
  queries.query(sql`select ${memberColumns} from staff order by name`, memberRow)

/** @returns how many there are now: 0 when the name is taken. */
export const insertMember = (
  queries: Queries,
  { name, display, role, unit = null, password = null, subject = null, atMs }: InsertedMember,
): Promise<number> =>
  queries.execute(sql`
    insert into staff (name, display, role, unit, password, subject, added_at)
    values (${name}, ${display}, ${role}, ${unit}, ${password}, ${subject}, ${new Date(atMs)})
    on conflict do nothing`)

type InsertedMember = Omit<Member, 'unit'> & {
  readonly unit?: string | null
  readonly password?: string | null
  readonly subject?: string | null
  readonly atMs: number
}

/** Nobody else changes this member until the transaction ends, whether they are there or not. */
export const lockMember = (queries: Queries, name: string): Promise<number> =>
  queries.execute(sql`select pg_advisory_xact_lock(hashtext('staff'), hashtext(${name}))`)

export const updateMember = (
  queries: Queries,
  { name, display, role, unit = null }: Omit<Member, 'unit'> & { readonly unit?: string | null },
): Promise<number> =>
  queries.execute(
    sql`update staff set display = ${display}, role = ${role}, unit = ${unit} where name = ${name}`,
  )

export const updatePassword = (queries: Queries, name: string, password: string): Promise<number> =>
  queries.execute(sql`update staff set password = ${password} where name = ${name} and subject is null`)

/** Their sessions go with them. */
export const deleteMember = (queries: Queries, name: string): Promise<number> =>
  queries.execute(sql`delete from staff where name = ${name}`)

export const insertSession = (
  queries: Queries,
  id: string,
  name: string,
  endsAtMs: number,
): Promise<number> =>
  queries.execute(
    sql`insert into staff_sessions (id, member, ends_at) values (${id}, ${name}, to_timestamp(${endsAtMs / 1000}))`,
  )

const sessionRow = z.object({ ...member, endsAt: z.date() }).transform(({ unit, endsAt, ...rest }) => ({
  member: { ...rest, unit: unit === null ? undefined : unit } as Member,
  endsAtMs: endsAt.getTime(),
}))

export async function selectSession(queries: Queries, id: string, nowMs: number) {
  const [row] = await queries.query(
    sql`select ${memberColumns}, ends_at as "endsAt" from staff_sessions
      join staff on staff.name = member where id = ${id} and ends_at > to_timestamp(${nowMs / 1000})`,
    sessionRow,
  )
  return row
}

export const deleteSession = (queries: Queries, id: string): Promise<number> =>
  queries.execute(sql`delete from staff_sessions where id = ${id}`)

/** @returns the ids of those that ended with it. */
export async function deleteSessionsOf(queries: Queries, name: string): Promise<readonly string[]> {
  const rows = await queries.query(
    sql`delete from staff_sessions where member = ${name} returning id`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}

export const deleteEndedSessions = (queries: Queries, nowMs: number): Promise<number> =>
  queries.execute(sql`delete from staff_sessions where ends_at <= to_timestamp(${nowMs / 1000})`)
