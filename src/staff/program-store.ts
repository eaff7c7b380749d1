import { z } from 'zod'
import { onOneLine } from '../foundation/index.ts'
import { type Queries, sql } from '../storage/index.ts'
import type { ProgramShown } from './api.ts'

const scopes = z.array(z.string()).readonly()
const programRow = z
  .object({
    name: z.string(),
    owner: z.string().transform(onOneLine),
    scopes,
    madeAt: z.date(),
    endsAt: z.date(),
    usedAt: z.date().nullable(),
    revokedAt: z.date().nullable(),
  })
  .transform(
    ({ madeAt, endsAt, usedAt, revokedAt, ...rest }): ProgramShown => ({
      ...rest,
      madeAtMs: madeAt.getTime(),
      endsAtMs: endsAt.getTime(),
      usedAtMs: usedAt?.getTime(),
      revokedAtMs: revokedAt?.getTime(),
    }),
  )

/** Locks a program's name until the transaction ends, whether or not the program exists. */
export const lockProgram = (queries: Queries, name: string): Promise<number> =>
  queries.execute(sql`select pg_advisory_xact_lock(hashtext('programs'), hashtext(${name}))`)

/** @returns 0 if the name is taken */
export const insertProgram = (
  queries: Queries,
  { name, owner, scopes, madeAtMs, endsAtMs }: ProgramShown,
  token: string,
): Promise<number> =>
  queries.execute(sql`
    insert into programs (name, token, owner, scopes, made_at, ends_at)
    values (${name}, ${token}, ${owner}, ${JSON.stringify(scopes)}::jsonb, ${new Date(madeAtMs)}, ${new Date(endsAtMs)})
    on conflict (name) do nothing`)

export const selectPrograms = (queries: Queries): Promise<readonly ProgramShown[]> =>
  queries.query(
    sql`select name, owner, scopes, made_at as "madeAt", ends_at as "endsAt", used_at as "usedAt",
      revoked_at as "revokedAt" from programs order by name`,
    programRow,
  )

export async function selectProgramByToken(queries: Queries, token: string) {
  const [row] = await queries.query(
    sql`select name, scopes, ends_at as "endsAt" from programs where token = ${token} and revoked_at is null`,
    z.object({ name: z.string(), scopes, endsAt: z.date() }),
  )
  return row && { program: { name: row.name, scopes: row.scopes }, endsAtMs: row.endsAt.getTime() }
}

export const updateRevoked = (queries: Queries, name: string, atMs: number): Promise<number> =>
  queries.execute(sql`update programs set revoked_at = ${new Date(atMs)} where name = ${name}`)

export const touchProgram = (queries: Queries, name: string, atMs: number): Promise<number> =>
  queries.execute(sql`update programs set used_at = ${new Date(atMs)} where name = ${name}`)
