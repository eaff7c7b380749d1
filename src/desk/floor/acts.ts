import { z } from 'zod'
import type { Clock, Log } from '../../foundation/index.ts'
import {
  createWriteBehind,
  type Database,
  type Queries,
  sql,
  type WriteBehindFigures,
} from '../../storage/index.ts'
import { type DeskAct, deskActSchema } from './api.ts'

/** What supervisors did to seats and callers, written behind: a database that is away keeps nobody from acting. */
export type Acts = {
  note(act: Omit<DeskAct, 'atMs'>): void
  /** Latest first. */
  list(stretch: {
    readonly fromMs: number
    readonly untilMs: number
    readonly limit: number
  }): Promise<readonly DeskAct[]>
  figures(): WriteBehindFigures
  close(): Promise<void>
}

/** The same act comes twice only when it was written without that being known here. */
type Noted = DeskAct & { readonly nth: number }

export function createActs({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
}): Acts {
  let nth = 0
  const queue = createWriteBehind<Noted>({
    name: 'acts',
    things: 'acts',
    write: acts => insertActs(database, acts),
    idOf: ({ act, nth }) => `${act} ${nth}`,
    clock,
    log,
    batchSize: 100,
  })
  return {
    note: act => queue.put({ ...act, atMs: clock.now(), nth: nth++ }),
    async list(stretch) {
      await queue.flush()
      return selectActs(database, stretch)
    },
    figures: queue.figures,
    close: queue.close,
  }
}

const insertActs = (queries: Queries, acts: readonly Noted[]) =>
  queries.execute(sql`
    insert into desk_acts (at_ms, nth, member, act, seat, call_id, detail)
    select "atMs", nth, by, act, seat, call, detail
    from jsonb_to_recordset(${JSON.stringify(acts)}::jsonb)
      as entry ("atMs" bigint, nth int, by text, act text, seat text, call text, detail text)
    on conflict do nothing`)

const row = z
  .looseObject({ seat: z.string().nullable(), call: z.string().nullable(), detail: z.string().nullable() })
  .transform(
    ({ seat, call, detail, ...act }): DeskAct =>
      deskActSchema.parse({
        ...act,
        seat: seat ?? undefined,
        call: call ?? undefined,
        detail: detail ?? undefined,
      }),
  )

const selectActs = (
  queries: Queries,
  { fromMs, untilMs, limit }: { readonly fromMs: number; readonly untilMs: number; readonly limit: number },
): Promise<readonly DeskAct[]> =>
  queries.query(
    sql`select at_ms as "atMs", member as by, act, seat, call_id as call, detail from desk_acts
      where at_ms >= ${fromMs}::bigint and at_ms < ${untilMs}::bigint order by at_ms desc, nth desc limit ${limit}`,
    row,
  )
