import { z } from 'zod'
import { type Migration, type Queries, sql } from '../../../storage/index.ts'

/** What is written of a job that was dialled. `sid` is absent when we did not live to hear of its call. */
export type Dialled = { readonly askedAtMs: number; readonly sid: string | undefined }

/** Which jobs were dialled, so that none is dialled twice, whatever stops in between. */
export type DialBook = {
  /** Writes that this job is dialled from now on; what was written of it before, if anything. */
  begin(job: string, nowMs: number): Promise<Dialled | undefined>
  /** Writes that it is dialled anew, as nothing came of it. */
  again(job: string, nowMs: number): Promise<void>
  placed(job: string, sid: string): Promise<void>
  /** Whether a call is written down as some job's. */
  isTaken(sid: string): Promise<boolean>
}

export const dialMigrations: readonly Migration[] = [
  {
    name: 'telephony-2-twilio-dials',
    sql: `
      create table twilio_dials (
        job text collate "C" primary key,
        asked_at timestamptz not null,
        sid text
      );
      create index twilio_dials_by_age on twilio_dials (asked_at);
      create index twilio_dials_by_sid on twilio_dials (sid);`,
  },
]

/** No job is tried again after so long. */
const keptMs = 30 * 86_400_000
const dialRow = z.object({ askedAt: z.date(), sid: z.string().nullable() })

export function createDialBook(queries: Queries): DialBook {
  return {
    async begin(job, nowMs) {
      await queries.execute(sql`delete from twilio_dials where asked_at < ${new Date(nowMs - keptMs)}`)
      const isNew = await queries.execute(
        sql`insert into twilio_dials (job, asked_at) values (${job}, ${new Date(nowMs)}) on conflict do nothing`,
      )
      if (isNew) return undefined
      const [row] = await queries.query(
        sql`select asked_at as "askedAt", sid from twilio_dials where job = ${job}`,
        dialRow,
      )
      return row && { askedAtMs: row.askedAt.getTime(), sid: row.sid ?? undefined }
    },
    async again(job, nowMs) {
      await queries.execute(sql`update twilio_dials set asked_at = ${new Date(nowMs)} where job = ${job}`)
    },
    async placed(job, sid) {
      await queries.execute(sql`update twilio_dials set sid = ${sid} where job = ${job}`)
    },
    async isTaken(sid) {
      const found = await queries.query(
        sql`select job from twilio_dials where sid = ${sid}`,
        z.object({ job: z.string() }),
      )
      return found.length > 0
    },
  }
}
