/** What it costs that nobody can change what happened unseen, and how long an audit of a large city's year takes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import { monotonicMs, silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { audit, type Entry, type Ledger } from '../../src/ledger/index.ts'
import { reportedOrders } from '../../src/orders/index.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { type Database, migrate, openDatabase, sql, withCommit } from '../../src/storage/index.ts'
import { testKeys, testLedger } from '../support/ledger.ts'
import { openTestOrders } from '../support/order-desk.ts'
import { startPostgres } from '../support/postgres.ts'
import { percentile, type Row } from './row.ts'

const acts = 600
const warmUps = 100
const atOnce = 500
/** Made, signed for, closed. */
const eventsEach = 3
const seat = { role: 'seat', person: 's1' } as const
const unit = { role: 'unit', person: 'wang', unit: 'heating' } as const
const asked = { category: 'heating', matter: '暖气三天不热，家里有老人', street: '望京街道', place: '3号楼' }

const inTable = (room: string, { stream, place, atMs, kind, data }: Entry) => ({
  ...{ room, stream, place, at_ms: atMs, kind, body: JSON.stringify(data) },
  ...{ salt: '', mac: '' },
})

/** The same events, which nothing holds together: inserted by a function, in one message with the commit. */
const unchained: Ledger = {
  ...testLedger,
  async append(tx, room, entries) {
    const rows = JSON.stringify(entries.map(entry => inTable(room, entry)))
    withCommit(tx, () => sql`select bench_insert(${rows}::jsonb)`)
  },
}
/** As it was before events went with the commit: a statement of their own. */
const byItself: Ledger = {
  ...testLedger,
  append: async (tx, room, entries) =>
    void (await tx.execute(sql`insert into ledger_events (room, stream, place, at_ms, kind, body, salt, mac)
      select * from jsonb_to_recordset(${JSON.stringify(entries.map(entry => inTable(room, entry)))}::jsonb)
        as x(room text, stream text, place int, at_ms int8, kind text, body text, salt text, mac text)`)),
}
const benchInsert = `create function bench_insert(entries jsonb) returns void language plpgsql as $$
  declare entry record;
  begin
    for entry in select * from jsonb_to_recordset(entries)
      as x(room text, stream text, place int, at_ms int8, kind text, body text, salt text, mac text)
    loop
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt, mac) values (entry.room, entry.stream,
        entry.place, entry.at_ms, entry.kind, entry.body, entry.salt, entry.mac);
    end loop;
  end $$`

export async function run(isLong: boolean): Promise<readonly Row[]> {
  const server = await startPostgres()
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-ledger-'))
  try {
    return [
      await withDesks({ dataDir }, 'PGlite', desks => acted(desks, 'PGlite')),
      ...(await withDesks({ url: server.url }, 'PostgreSQL', async desks => [
        await acted(desks, 'PostgreSQL'),
        await audited(desks.database, desks.chained, isLong ? 1_000_000 : 100_000),
      ])),
    ]
  } finally {
    await server.remove()
    await rm(dataDir, { recursive: true, force: true })
  }
}

type Desk = Awaited<ReturnType<typeof openTestOrders>>['orderDesk']
type Desks = {
  readonly database: Database
  readonly chained: Desk
  readonly unchained: Desk
  readonly byItself: Desk
}

async function withDesks<T>(
  where: { readonly url?: string; readonly dataDir?: string },
  name: string,
  work: (desks: Desks) => Promise<T>,
): Promise<T> {
  const shared = { clock: systemClock, log: silentLog }
  const database = await openDatabase({ ...where, ...shared })
  const jobs = openJobs({ database, queues, ...shared })
  const closing: (() => Promise<unknown>)[] = []
  try {
    await migrate(database, tables, name)
    await database.execute(sql.raw(benchInsert))
    await jobs.prepare()
    const open = async (ledger: Ledger) => {
      const opened = await openTestOrders({ ...shared, database, jobs, ledger, dataDir: tmpdir() })
      closing.push(opened.close)
      return opened.orderDesk
    }
    return await work({
      database,
      chained: await open(testLedger),
      unchained: await open(unchained),
      byItself: await open(byItself),
    })
  } finally {
    for (const close of closing) await close()
    await jobs.close()
    await database.close()
  }
}

async function acted({ database, ...desks }: Desks, name: string): Promise<Row> {
  const took = { chained: [] as number[], unchained: [] as number[], byItself: [] as number[] }
  const ways = ['chained', 'unchained', 'byItself'] as const
  for (let at = -warmUps; at < acts; at++)
    for (const which of at % 2 === 0 ? ways : ways.toReversed()) {
      const beganMs = monotonicMs()
      const { order } = await desks[which].make(asked, seat)
      await desks[which].act(order.number, { do: 'sign' }, unit)
      if (at >= 0) took[which].push(monotonicMs() - beganMs)
    }
  await database.execute(sql`truncate ledger_events, ledger_links, ledger_heads, orders`)
  const [chained, bare, before] = ways.map(which => percentile(took[which], 0.5))
  const more = (than: string | undefined) =>
    `${((Number(chained) / Number(than) - 1) * 100).toFixed(1)} % more`
  return {
    what: 'An order made and signed for, its events chained',
    figure: `p50 ${chained} ms; its events inserted by a statement of their own, and nothing else ${before}: ${more(before)}; inserted in one message with the commit ${bare}: ${more(bare)}`,
    target: '<= 5 % than without a ledger',
    method: `${name}; ${acts} of each, in turn`,
  }
}

const reported = reportedOrders(createCalendar(exampleCity))

/** Copies one order many times: its rows in each reported table by one statement, its events by the product's own append. */
async function writtenLike(database: Database, model: string, orders: number): Promise<void> {
  const events = (await testLedger.events(database, 'orders', [model])).get(model) ?? []
  for (let from = 0; from < orders; from += atOnce) {
    const count = Math.min(atOnce, orders - from)
    const numbers = Array.from({ length: count }, (_, at) => orderNumberOf('2026-01-05', 10 + from + at))
    await database.transaction(async tx => {
      for (const { name } of reported.tables) {
        const table = sql.identifier(name)
        await tx.execute(sql`
          insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(o) || jsonb_build_object('number', n))).*
          from ${table} o, jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb) n where o.number = ${model}`)
      }
      const entries = numbers.flatMap(stream =>
        events.map(({ isAdopted: _, ...event }) => ({ ...event, stream })),
      )
      await testLedger.append(tx, 'orders', entries)
    }, 60_000)
    if ((from / atOnce) % 100 === 0) process.stderr.write(`${from} of ${orders} orders written\n`)
  }
}

async function audited(database: Database, desk: Desk, count: number): Promise<Row> {
  const { order } = await desk.make(asked, seat)
  const model = order.number
  await desk.act(model, { do: 'sign' }, unit)
  await desk.act(model, { do: 'close', result: 'solved', words: '已修好', evidence: ['照片'] }, unit)
  const orders = Math.ceil(count / eventsEach)
  const startedMs = monotonicMs()
  await writtenLike(database, model, orders)
  const writing = ((monotonicMs() - startedMs) / 1000).toFixed(0)
  await database.execute(sql`analyze`)
  const beganMs = monotonicMs()
  const found = await audit(database, { keys: testKeys, reported: [reported] })
  const seconds = (monotonicMs() - beganMs) / 1000
  const walked = found.rooms.reduce((sum, room) => sum + room.events, 0)
  if (found.breaks.length > 0) throw new Error(`the audit found ${JSON.stringify(found.breaks[0])}`)
  return {
    what: `Audit of ${walked} events of ${orders} orders`,
    figure: `${seconds.toFixed(1)} s, ${Math.round(walked / seconds)} events a second`,
    target: '1,000,000 within 60 s',
    method: `PostgreSQL; every link, every event, and every row of what is reported rebuilt and compared; written in ${writing} s`,
  }
}
