import { z } from 'zod'
import { onOneLine } from '../foundation/index.ts'
import { type Queries, sql } from '../storage/index.ts'
import type { Member } from './api.ts'
import { roles } from './member.ts'

export const memberFields = {
  name: z.string(),
  display: z.string().transform(onOneLine),
  role: z.enum(roles),
  unit: z.string().nullable(),
}
export const memberColumns = sql`staff.name, staff.display, staff.role, staff.unit`
const memberRow = z
  .object(memberFields)
  .transform(({ unit, ...rest }): Member => ({ ...rest, unit: unit === null ? undefined : unit }))

const accountRow = z
  .object({
    ...memberFields,
    password: z.string().nullable(),
    subject: z.string().nullable(),
    temporary: z.boolean(),
  })
  .transform(({ unit, password, subject, temporary, ...rest }) => ({
    member: { ...rest, unit: unit === null ? undefined : unit } as Member,
    password: password ?? undefined,
    subject: subject ?? undefined,
    temporary,
  }))
export type StoredAccount = z.output<typeof accountRow>

export async function selectAccount(queries: Queries, name: string): Promise<StoredAccount | undefined> {
  const [row] = await queries.query(
    sql`select ${memberColumns}, password, subject, temporary from staff where name = ${name}`,
    accountRow,
  )
  return row
}

export const selectMembers = (queries: Queries): Promise<readonly Member[]> =>
  queries.query(sql`select ${memberColumns} from staff order by name`, memberRow)

/** @returns the number of rows inserted: 0 if the name is taken */
export const insertMember = (
  queries: Queries,
  {
    name,
    display,
    role,
    unit = null,
    password = null,
    subject = null,
    temporary = false,
    atMs,
  }: InsertedMember,
): Promise<number> =>
  queries.execute(sql`
    insert into staff (name, display, role, unit, password, subject, temporary, added_at)
    values (${name}, ${display}, ${role}, ${unit}, ${password}, ${subject}, ${temporary}, ${new Date(atMs)})
    on conflict do nothing`)

type InsertedMember = Omit<Member, 'unit'> & {
  readonly unit?: string | null
  readonly password?: string | null
  readonly subject?: string | null
  readonly temporary?: boolean
  readonly atMs: number
}

/** Locks a member's name until the transaction ends, whether or not the member exists. */
export const lockMember = (queries: Queries, name: string): Promise<number> =>
  queries.execute(sql`select pg_advisory_xact_lock(hashtext('staff'), hashtext(${name}))`)

export const updateMember = (
  queries: Queries,
  { name, display, role, unit = null }: Omit<Member, 'unit'> & { readonly unit?: string | null },
): Promise<number> =>
  queries.execute(
    sql`update staff set display = ${display}, role = ${role}, unit = ${unit} where name = ${name}`,
  )

/** @param temporary whether somebody else knows the password. @returns 0 for unknown members and members from the provider */
export const updatePassword = (
  queries: Queries,
  name: string,
  password: string,
  temporary: boolean,
): Promise<number> =>
  queries.execute(
    sql`update staff set password = ${password}, temporary = ${temporary} where name = ${name} and subject is null`,
  )

/** Deletes a member together with their sessions. */
export const deleteMember = (queries: Queries, name: string): Promise<number> =>
  queries.execute(sql`delete from staff where name = ${name}`)
