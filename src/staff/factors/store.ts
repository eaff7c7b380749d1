import { z } from 'zod'
import { type Queries, sql } from '../../storage/index.ts'
import { factorKinds } from '../api.ts'

const factorRow = z
  .object({
    id: z.string(),
    kind: z.enum(factorKinds),
    label: z.string(),
    material: z.string(),
    last: z.string(),
    madeAt: z.date(),
    usedAt: z.date().nullable(),
  })
  .transform(({ madeAt, usedAt, last, ...rest }) => ({
    ...rest,
    last: Number(last),
    madeAtMs: madeAt.getTime(),
    usedAtMs: usedAt?.getTime(),
  }))
export type StoredFactor = z.output<typeof factorRow>

/** Of one member, the oldest first. Held until the transaction ends where one is to be used or removed. */
export const selectFactors = (queries: Queries, member: string, isHeld = false) =>
  queries.query(
    sql`select id, kind, label, material, last::text, made_at as "madeAt", used_at as "usedAt" from staff_factors
      where member = ${member} order by made_at, id ${isHeld ? sql`for update` : sql``}`,
    factorRow,
  )

export const insertFactor = (
  queries: Queries,
  member: string,
  { id, kind, label, material, last, madeAtMs }: StoredFactor,
): Promise<number> =>
  queries.execute(sql`
    insert into staff_factors (id, member, kind, label, material, last, made_at)
    values (${id}, ${member}, ${kind}, ${label}, ${material}, ${last}, ${new Date(madeAtMs)})
    on conflict do nothing`)

/** @param last a step of a code, or a device's count: greater than before, or nothing is changed where it counts. @returns 0 then */
export const updateUsed = (
  queries: Queries,
  { id, last, isCounted }: { readonly id: string; readonly last: number; readonly isCounted: boolean },
  atMs: number,
): Promise<number> =>
  queries.execute(sql`
    update staff_factors set last = ${last}, used_at = ${new Date(atMs)}
    where id = ${id} and (last < ${last} or not ${isCounted}::boolean)`)

export const deleteFactor = (queries: Queries, member: string, id: string): Promise<number> =>
  queries.execute(sql`delete from staff_factors where member = ${member} and id = ${id}`)

export const deleteFactors = (queries: Queries, member: string): Promise<number> =>
  queries.execute(sql`delete from staff_factors where member = ${member}`)

export const deleteRecovery = (queries: Queries, member: string): Promise<number> =>
  queries.execute(sql`delete from staff_recovery where member = ${member}`)

export const insertRecovery = (queries: Queries, member: string, marks: readonly string[]): Promise<number> =>
  queries.execute(sql`
    insert into staff_recovery (member, mark)
    select ${member}, jsonb_array_elements_text(${JSON.stringify(marks)}::jsonb)`)

/** @returns 0 where there is none, or it was used. */
export const deleteRecoveryCode = (queries: Queries, member: string, mark: string): Promise<number> =>
  queries.execute(sql`delete from staff_recovery where member = ${member} and mark = ${mark}`)

export async function countRecovery(queries: Queries, member: string): Promise<number> {
  const [row] = await queries.query(
    sql`select count(*)::int as count from staff_recovery where member = ${member}`,
    z.object({ count: z.number() }),
  )
  return row?.count ?? 0
}

const removalRow = z.object({ askedBy: z.string(), askedAt: z.date() })

/** Who asked that a member's second factors go, and when. */
export async function selectRemoval(queries: Queries, member: string) {
  const [row] = await queries.query(
    sql`select asked_by as "askedBy", asked_at as "askedAt" from staff_factor_removals where member = ${member}`,
    removalRow,
  )
  return row && { askedBy: row.askedBy, askedAtMs: row.askedAt.getTime() }
}

export const insertRemoval = (queries: Queries, member: string, askedBy: string, atMs: number) =>
  queries.execute(sql`
    insert into staff_factor_removals (member, asked_by, asked_at) values (${member}, ${askedBy}, ${new Date(atMs)})
    on conflict (member) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at`)

export const deleteRemoval = (queries: Queries, member: string): Promise<number> =>
  queries.execute(sql`delete from staff_factor_removals where member = ${member}`)

/** What somebody is in the middle of, sealed: a challenge, or a secret whose first code is waited for. */
export const updatePending = (queries: Queries, session: string, pending: string | null): Promise<number> =>
  queries.execute(sql`update staff_sessions set pending = ${pending} where id = ${session}`)

/** @param isTaken whether it is gone with that: a challenge is answered once */
export async function takePending(queries: Queries, session: string, isTaken: boolean) {
  const [row] = await queries.query(
    sql`select pending from staff_sessions where id = ${session} for update`,
    z.object({ pending: z.string().nullable() }),
  )
  if (isTaken && row?.pending) await updatePending(queries, session, null)
  return row?.pending ?? undefined
}
