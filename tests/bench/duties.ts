/** A hundred thousand duties that are due at once: what the house does of them in a second, beside bare pg-boss. */
import pg from 'pg'
import type PgBoss from 'pg-boss'
import { z } from 'zod'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { askedPlainly, createBoss } from '../../src/jobs/boss.ts'
import { defineQueue, handle, openJobs } from '../../src/jobs/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { startPostgres } from '../support/postgres.ts'
import { surveyCallsASecond } from './duties-calls.ts'
import type { Row } from './row.ts'

const count = 100_000
const forMs = 20_000
const shared = { clock: systemClock, log: silentLog }
/** Eight at once, as queues have it where they do not say otherwise. */
const queue = defineQueue({ name: 'bench', data: z.object({ note: z.string() }), leaseS: 600 })
const atOnce = queue.atOnce

export async function run(): Promise<readonly Row[]> {
  const server = await startPostgres()
  const pool = new pg.Pool({ connectionString: server.url, max: 10 })
  try {
    const bare: PgBoss.Db = { executeSql: (text, values) => pool.query(text, values) }
    return [
      ...(await measure(
        'PostgreSQL',
        () => openDatabase({ url: server.url, ...shared }),
        () => bare,
      )),
      ...(await measure('PGlite', () => openDatabase(shared), askedPlainly)),
    ]
  } finally {
    await pool.end()
    await server.remove()
  }
}

async function measure(
  engine: string,
  open: () => Promise<Database>,
  bareOf: (database: Database) => PgBoss.Db,
): Promise<readonly Row[]> {
  const database = await open()
  const jobs = openJobs({ database, queues: [...queues, queue], ...shared })
  await migrate(database, tables)
  await jobs.prepare()
  const boss = createBoss(bareOf(database))
  const refill = async () => {
    await database.execute(sql`delete from pgboss.job`)
    await database.transaction(tx => jobs.enqueue(tx, queue, { note: 'the model' }), 60_000)
    await database.transaction(
      tx =>
        tx.execute(sql`
          insert into pgboss.job
          select (jsonb_populate_record(job, jsonb_build_object('id', gen_random_uuid()))).*
          from pgboss.job, generate_series(2, ${count}::int)`),
      120_000,
    )
    await database.execute(sql`analyze pgboss.job`)
  }

  await refill()
  const one = await bareASecond(boss, found => found.map(({ id }) => boss.complete(queue.name, id)), atOnce)
  await refill()
  const bulk = await bareASecond(
    boss,
    found => [
      boss.complete(
        queue.name,
        found.map(({ id }) => id),
      ),
    ],
    50,
  )
  await refill()
  const startMs = systemClock.monotonicMs()
  jobs.run([handle(queue, job => database.transaction(job.settle))])
  await new Promise<void>(resolve => systemClock.after(forMs, resolve))
  const ours = (jobs.figures().done * 1000) / (systemClock.monotonicMs() - startMs)
  await jobs.close()
  await database.execute(sql`delete from pgboss.job`)
  const calls = await surveyCallsASecond(database, count)
  await database.close()

  const size = `${count.toLocaleString('en')} due at once on ${engine}`
  const rate = (value: number) => `${value.toFixed(0)}/s`
  const beside = (value: number) =>
    `bare pg-boss ${rate(one)}, in bulk ${rate(bulk)}; ${(value / one).toFixed(2)} of the first`
  return [
    {
      what: `duties on ${engine}: claimed and settled`,
      figure: `${rate(ours)}; ${beside(ours)}`,
      target: 'the ratio',
      method: `${size}, measured for ${forMs / 1000} s; each settled in a transaction of its own, ${atOnce} at once; pg-boss: fetch of ${atOnce}, complete each; in bulk: fetch of 50, one complete`,
    },
    {
      what: `survey calls on ${engine}: claimed, dialled, settled`,
      figure: `${rate(calls.aSecond)}; ${beside(calls.aSecond)}`,
      target: 'the ratio',
      method: `${size}; the shipped flow on the loopback line, four keys, ${calls.lines} calls at once, journal and answers written`,
    },
  ]
}

/** pg-boss by itself, as fast as it goes. */
async function bareASecond(
  boss: PgBoss,
  complete: (found: readonly PgBoss.Job[]) => readonly Promise<unknown>[],
  batchSize: number,
): Promise<number> {
  const startMs = systemClock.monotonicMs()
  let done = 0
  while (systemClock.monotonicMs() - startMs < forMs) {
    const found = await boss.fetch<object>(queue.name, { batchSize })
    if (found.length === 0) break
    await Promise.all(complete(found))
    done += found.length
  }
  return (done * 1000) / (systemClock.monotonicMs() - startMs)
}
