import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'

export type NewCheck = {
  readonly id: string
  readonly number: string
  readonly about: string
  readonly by: string
  readonly hash: string
  readonly nowMs: number
  readonly untilMs: number
}

export async function insertCheck(queries: Queries, check: NewCheck): Promise<void> {
  await queries.execute(sql`
    insert into number_checks (id, number, about, code_hash, sent_by, sent_at, until_at)
    values (${check.id}, ${check.number}, ${check.about}, ${check.hash}, ${check.by}, ${new Date(check.nowMs)},
      ${new Date(check.untilMs)})`)
}

/** Counts the codes sent since then. */
export async function countChecks(queries: Queries, number: string, by: string, sinceMs: number) {
  const [row] = await queries.query(
    sql`select count(*) filter (where number = ${number})::int as "toNumber",
        count(*) filter (where sent_by = ${by})::int as "bySender"
      from number_checks where sent_at > ${new Date(sinceMs)}`,
    z.object({ toNumber: z.number(), bySender: z.number() }),
  )
  return row ?? { toNumber: 0, bySender: 0 }
}

/** The latest code, if it is still valid. */
export async function selectCheck(queries: Queries, number: string, about: string, nowMs: number) {
  const [row] = await queries.query(
    sql`select id, code_hash as hash, until_at > ${new Date(nowMs)} and verified_at is null as good
      from number_checks where number = ${number} and about = ${about} order by sent_at desc, id desc limit 1`,
    z.object({ id: z.string(), hash: z.string(), good: z.boolean() }),
  )
  return row?.good ? row : undefined
}

/** @returns how many attempts are left after this one; undefined if none was left */
export async function takeTry(queries: Queries, id: string, most: number): Promise<number | undefined> {
  const [row] = await queries.query(
    sql`update number_checks set tries = tries + 1 where id = ${id} and tries < ${most} returning tries`,
    z.object({ tries: z.number() }),
  )
  return row && most - row.tries
}

export async function verifyCheck(queries: Queries, id: string, by: string, nowMs: number): Promise<void> {
  await queries.execute(sql`
    update number_checks set verified_at = ${new Date(nowMs)}, verified_by = ${by}, how = 'read-back'
    where id = ${id}`)
}

export async function isChecked(queries: Queries, number: string, sinceMs: number): Promise<boolean> {
  const rows = await queries.query(
    sql`select 1 as one from number_checks where number = ${number} and verified_at > ${new Date(sinceMs)} limit 1`,
    z.object({ one: z.number() }),
  )
  return rows.length > 0
}

export async function deleteCheck(queries: Queries, id: string): Promise<void> {
  await queries.execute(sql`delete from number_checks where id = ${id}`)
}

/** Deletes what is known of numbers for a given purpose. */
export async function deleteChecks(queries: Queries, about: string): Promise<void> {
  await queries.execute(sql`delete from number_checks where about = ${about}`)
}
