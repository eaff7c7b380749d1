import { readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Clock } from '../foundation/index.ts'
import {
  anyRow,
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Queries,
  sql,
} from '../storage/index.ts'
import {
  deleteOrdersOf,
  deleteRecordings,
  type KeptRecording,
  selectCallsOfNumbers,
  selectCallsOfOrders,
  selectOfCalls,
  selectOld,
} from './store.ts'

export const recordingHoldings: readonly Holding[] = [
  {
    name: 'recordings',
    title: { 'zh-CN': '通话录音', en: 'Recordings of calls' },
    what: 'which calls of a number were recorded, when, and with which agents',
    kept: 'recordings',
  },
  { name: 'recording_orders', nobody: 'numbers of orders, and ids of calls that are recorded' },
  {
    name: 'recording_notes',
    title: { 'zh-CN': '录音上的批注', en: 'Notes on recordings' },
    what: 'what somebody noted at a moment of a recording',
    kept: { until: 'its recording goes' },
  },
  {
    name: 'recording_reviews',
    title: { 'zh-CN': '录音的质检评分', en: 'Quality sheets of recordings' },
    what: 'how a conversation was judged, and what the agent says to it',
    kept: { until: 'its recording goes' },
  },
  {
    name: '/conversations',
    title: { 'zh-CN': '通话录音的声音', en: 'The sound of recorded calls' },
    what: 'what citizens, agents and third parties said',
    kept: 'recordings',
  },
]

/** A file that no row speaks of, as an erasure leaves it that died half-way, goes after so long. */
const orphanMs = 3600_000

type Parts = {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly folder: string
  /** What waits to be written is written. */
  flush(): Promise<void>
}

/** The sound first: a row without a sound is found again, a sound without a row by nobody. */
async function removeRecordings(
  { database, folder }: Pick<Parts, 'database' | 'folder'>,
  gone: readonly KeptRecording[],
): Promise<number> {
  for (const { file } of gone) await rm(join(folder, file), { force: true })
  const count = await deleteRecordings(
    database,
    gone.map(({ id }) => id),
  )
  await deleteOrdersOf(
    database,
    gone.map(({ call }) => call),
  )
  return count
}

export function forgetsRecordings({ database, folder, clock, flush }: Parts): readonly Forgetter[] {
  const ofPerson = async (calls: readonly string[]) => {
    await flush()
    return selectOfCalls(database, calls)
  }
  const isOver = ({ endedAtMs }: KeptRecording) => endedAtMs != null
  const inRows = (table: 'recording_notes' | 'recording_reviews', calls: readonly string[]) =>
    database.query(
      sql`select * from ${sql.raw(table)} where recording_id in (select id from recordings where call_id in ${listed(calls)})`,
      anyRow,
    )
  const goesWithIt = (table: 'recording_notes' | 'recording_reviews'): Forgetter => ({
    name: table,
    export: ({ calls }) => inRows(table, calls),
    forget: async ({ calls }) => ({
      count: await database.execute(
        sql`delete from ${sql.raw(table)} where recording_id in (
          select id from recordings where call_id in ${listed(calls)} and ended_at is not null)`,
      ),
    }),
  })
  return [
    {
      name: 'recordings',
      find: async ({ forms }) => ({ calls: await selectCallsOfNumbers(database, forms) }),
      callsOf: orders => selectCallsOfOrders(database, orders),
      export: ({ calls }) => ofPerson(calls),
      async forget({ calls }) {
        const found = await ofPerson(calls)
        const count = await removeRecordings({ database, folder }, found.filter(isOver))
        const stayed = found.filter(one => !isOver(one))
        return { count, stayed: stayed.map(({ call }) => ({ about: call, because: 'in-hand' })) }
      },
      sweeps: [
        {
          kind: 'recordings',
          async sweep({ beforeMs, limit, held }) {
            await flush()
            return removeRecordings(
              { database, folder },
              await selectOld(database, { beforeMs, limit, held: held.calls }),
            )
          },
        },
      ],
    },
    goesWithIt('recording_notes'),
    goesWithIt('recording_reviews'),
    {
      name: '/conversations',
      export: async ({ calls }) =>
        Promise.all(
          (await ofPerson(calls)).map(async ({ file }) => ({
            file,
            bytes: (await stat(join(folder, file)).catch(() => undefined))?.size ?? 0,
          })),
        ),
      // Each goes with its row.
      forget: async () => ({ count: 0 }),
      sweeps: [
        {
          kind: 'recordings',
          sweep: ({ limit }) => removeOrphans({ database, folder, nowMs: clock.now(), limit }),
        },
      ],
    },
  ]
}

/** Of an order that is erased, in its transaction: their rows; the sound goes once that is sure. */
export async function eraseOfOrder(queries: Queries, order: string): Promise<readonly KeptRecording[]> {
  const gone = await selectOfCalls(queries, await selectCallsOfOrders(queries, [order]))
  await deleteRecordings(
    queries,
    gone.map(({ id }) => id),
  )
  await queries.execute(sql`delete from recording_orders where order_number = ${order}`)
  return gone
}

/** Sound whose row is gone. @returns how many went */
async function removeOrphans({
  database,
  folder,
  nowMs,
  limit,
}: Pick<Parts, 'database' | 'folder'> & { readonly nowMs: number; readonly limit: number }): Promise<number> {
  let count = 0
  for (const day of await readdir(folder).catch(() => [])) {
    const names = await readdir(join(folder, day)).catch(() => [])
    const ids = names.map(name => basename(name, '.wav'))
    const known = new Set(
      (await database.query(sql`select id from recordings where id in ${listed(ids)}`, anyRow)).map(
        ({ id }) => id,
      ),
    )
    for (const name of names) {
      if (known.has(basename(name, '.wav')) || count >= limit) continue
      const path = join(folder, day, name)
      const stats = await stat(path).catch(() => undefined)
      if (!stats || nowMs - stats.mtimeMs < orphanMs) continue
      await rm(path, { force: true })
      count++
    }
  }
  return count
}
