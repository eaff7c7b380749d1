/** When the row of each promise was there, beside when its words began, as the database itself noted its commits. */
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, openDatabase, sql } from '../../src/storage/index.ts'
import type { RunningHotline } from './running-hotline.ts'

export type SpokenPromise = {
  readonly call: string
  /** Of the transaction that wrote the row; wall time in ms. */
  readonly rowAtMs: number
  /** The hotline began to play the words: the first of their samples leaves later. */
  readonly wordsAtMs: number
  /** That it lay on the disk was written to the log, after it did. */
  readonly onDiskAtMs: number | undefined
}

export type Engine = { readonly dataDir: string } | { readonly url: string }

async function within<T>(engine: Engine, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ ...engine, clock: systemClock, log: silentLog })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** From the next start of this database on its commits have a time. */
export const noteCommits = (engine: Engine): Promise<unknown> =>
  within(engine, database => database.execute(sql.raw('alter system set track_commit_timestamp = on')))

const spoken = z.object({ call: z.string(), rowAtMs: z.number(), wordsAtMs: z.number() })

/** Of a database that nobody else has open, where it is embedded. */
export async function spokenPromises(
  engine: Engine,
  hotline: Pick<RunningHotline, 'logged'>,
): Promise<readonly SpokenPromise[]> {
  const onDisk = new Map<unknown, number>()
  for (const line of hotline.logged())
    if (/promise is kept on the disk/.test(String(line.msg)) && !onDisk.has(line.call))
      onDisk.set(line.call, Number(line.time))
  const rows = await within(engine, database =>
    database.query(
      sql`select promised.call_id as call, min(words.at_us) / 1000.0::float8 as "wordsAtMs",
          (select min(extract(epoch from pg_xact_commit_timestamp(e.xmin)) * 1000)::float8
            from callback_losses l join callback_events e using (callback_id)
            where l.call_id = promised.call_id and e.kind = 'owed') as "rowAtMs"
        from call_facts promised join call_facts words on words.call_id = promised.call_id
          and words.fact->>'kind' = 'prompt' and words.at_us > promised.at_us
        where promised.fact->>'kind' = 'promised'
          and not exists (select from call_facts f where f.call_id = promised.call_id and f.fact->>'kind' = 'promised'
            and f.at_us < promised.at_us)
        group by promised.call_id, promised.at_us order by promised.at_us`,
      spoken,
    ),
  )
  return rows.map(row => ({ ...row, onDiskAtMs: onDisk.get(row.call) }))
}

/** Promises whose words came before anything was safe. */
export const spokenTooEarly = (promises: readonly SpokenPromise[]): readonly SpokenPromise[] =>
  promises.filter(
    ({ rowAtMs, wordsAtMs, onDiskAtMs = Infinity }) => Math.min(rowAtMs, onDiskAtMs) > wordsAtMs,
  )

/** Callbacks in the order in which it was first their turn: a seat took each, before anybody's telephone rang. */
export const firstTurns = (engine: Engine): Promise<readonly string[]> =>
  within(engine, async database => {
    const rows = await database.query(
      sql`select callback_id as id from callback_events e
        where kind = 'taken' and seq = (select min(seq) from callback_events f
          where f.callback_id = e.callback_id and f.kind = 'taken')
        order by pg_xact_commit_timestamp(xmin)`,
      z.object({ id: z.string() }),
    )
    return rows.map(({ id }) => id)
  })
