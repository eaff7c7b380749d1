/** What a day came to, with as many calls in the database as a very large city has in a day: on PostgreSQL, as `/floor` asks. */
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { tables } from '../../src/hall/rooms.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { createCallRecords } from '../../src/telephony/index.ts'
import { startPostgres } from '../support/postgres.ts'
import { percentile, type Row } from './row.ts'

const count = Number(process.env.BENCH_DAY_CALLS ?? 1_000_000)
const asks = 40
const promisedMs = 100
const dayMs = 86_400_000

export async function run(): Promise<readonly Row[]> {
  const server = await startPostgres()
  const shared = { clock: systemClock, log: silentLog }
  const database = await openDatabase({ url: server.url, ...shared })
  try {
    await migrate(database, tables)
    const untilMs = Math.floor(Date.now() / dayMs) * dayMs
    await fill(database, untilMs - dayMs)
    const records = createCallRecords({
      database,
      journal: { flush: async () => undefined, readBack: async () => true },
    })
    const times = async (ask: () => Promise<unknown>) => {
      const taken: number[] = []
      for (let at = 0; at < asks; at++) {
        const beganMs = performance.now()
        await ask()
        taken.push(performance.now() - beganMs)
      }
      return taken
    }
    const row = (what: string, taken: readonly number[]): Row => ({
      what,
      figure: `p50 ${percentile(taken, 0.5)} ms, p95 ${percentile(taken, 0.95)} ms, first ${taken[0]?.toFixed(0)} ms`,
      target: `${promisedMs} ms on the wall, on a quiet machine`,
      method: `PostgreSQL with ${count} calls of a day, ${asks} asks one after the other, by the process that asks`,
    })
    const day = { fromMs: untilMs - dayMs, untilMs }
    return [
      row(
        'figures of a day, its hours and both levels of service',
        await times(() => records.figuresOf(day)),
      ),
      row('the latest 200 of a day who gave up', await times(() => records.lostIn({ ...day, limit: 200 }))),
    ]
  } finally {
    await database.close()
    await server.remove()
  }
}

/** Nine of ten wanted a person, of whom 95 % got one; calls are spread over the day, and waits are exponential. */
async function fill(database: Database, fromMs: number): Promise<void> {
  const batch = 100_000
  for (let first = 0; first < count; first += batch)
    await database.execute(sql`
      insert into calls (id, line, direction, caller, called, invited_at, answered_at, ended_at, ended_by, end_reason,
        queued_at, connected_at, flow, met_menu)
      select 'call_bench' || lpad(nth::text, 9, '0'), 'sip', 'in', '1390' || lpad((nth % 300000)::text, 7, '0'), '12345',
        at, at, at + interval '200 seconds', 'them', 'hung-up',
        case when wants then at + interval '1 second' end,
        case when wants and gets then at + interval '1 second' - ln(1 - waits) * interval '12 seconds' end,
        'hotline', nth % 20 = 0
      from (
        select nth, to_timestamp(${fromMs / 1000}::float8 + nth * ${86_400 / count}::float8) as at,
          random() < 0.9 as wants, random() < 0.95 as gets, random() as waits
        from generate_series(${first}::int, ${Math.min(first + batch, count) - 1}::int) as nth
      ) as rung`)
  await database.execute(sql`analyze`)
}
