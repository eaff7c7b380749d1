/** Pages of orders, asked over HTTP of a front desk on PostgreSQL that holds as many as a city makes in a day. */
import { tmpdir } from 'node:os'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { openFrontDesk } from '../../src/http/index.ts'
import { openJobs } from '../../src/jobs/index.ts'
import { orderClockQueue } from '../../src/orders/jobs.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { createWeb } from '../http/house.ts'
import { openTestOrders } from '../support/order-desk.ts'
import { startPostgres } from '../support/postgres.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import { percentile, type Row } from './row.ts'

const count = 100_000
/** All pages together stay below what the front desk takes from one address in a minute. */
const asks = 130
const automatic = { kinds: { '0202': 0.9 }, share: 0.05 }
const promisedMs = 100
/** Of which a mark is told at once. */
const marked = 3_000
const seat = { role: 'seat', person: 's1' } as const
const dispatcher = { role: 'dispatcher', person: 'd1' } as const
const hourMs = 3_600_000
const waiting = {
  urgency: 'general',
  matter: '业委会不公布账目',
  district: '朝阳区',
  street: '望京街道',
  place: '3号楼',
} as const

type Page = { readonly orders: readonly { readonly number: string }[]; readonly next?: string }

export async function run(): Promise<readonly Row[]> {
  const server = await startPostgres()
  const shared = { clock: systemClock, log: silentLog }
  const database = await openDatabase({ url: server.url, ...shared })
  const jobs = openJobs({ database, queues, ...shared })
  try {
    await migrate(database, tables)
    await jobs.prepare()
    const office = await openTestOrders({ ...shared, database, jobs, dataDir: tmpdir(), automatic })
    const model = await office.orderDesk.make(
      {
        category: 'heating',
        matter: '暖气三天不热，家里有老人'.repeat(8),
        street: '望京街道',
        place: '3号楼',
      },
      seat,
    )
    await office.orderDesk.act(
      model.order.number,
      { do: 'sign' },
      { role: 'unit', person: 'w', unit: 'heating' },
    )
    await fill(database, model.order.number, [...office.orders.rules.units.keys()])
    const decided = [...(await decisions(office)), await marks(database)]

    const apiToken = 'a-token-for-this-bench-alone'
    const desk = await openFrontDesk({
      host: '127.0.0.1',
      port: 0,
      apiToken,
      ...shared,
      ...createWeb({ orders: office.orders }).web,
    })
    const get = async <Answer>(path: string): Promise<Answer> => {
      const answer = await fetch(`${desk.url}/api${path}`, {
        headers: { authorization: `Bearer ${apiToken}` },
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Answer
    }
    const deep = await pageAfter(get, 40)
    const numbers = (await get<Page>('/orders?limit=100')).orders.map(({ number }) => number)
    const pages: readonly (readonly [string, (index: number) => string])[] = [
      ['all that run', () => '/orders?limit=20'],
      ['the 40th page of them', () => `/orders?limit=100&after=${deep}`],
      ['a unit’s', () => '/orders?unit=heating&limit=20'],
      ['red ones', () => '/orders?light=red&limit=20'],
      ['those to be signed, where there are none', () => '/orders?stage=waiting&limit=20'],
      ['a unit’s that are closed', () => '/orders?unit=street&stage=closed&limit=20'],
      ['a caller’s', index => `/orders?caller=1380000${1000 + (index % 5000)}`],
      ['one order', index => `/orders/${numbers[index % numbers.length]}`],
    ]
    const rows: Row[] = [...decided]
    for (const [name, pathOf] of pages) {
      const tookMs: number[] = []
      for (let index = 0; index < asks + 5; index++) {
        const startMs = systemClock.monotonicMs()
        await get(pathOf(index))
        if (index >= 5) tookMs.push(systemClock.monotonicMs() - startMs)
      }
      rows.push({
        what: `orders: ${name}`,
        figure: `p50 ${percentile(tookMs, 0.5)} ms, p95 ${percentile(tookMs, 0.95)} ms`,
        target: `p95 within ${promisedMs} ms`,
        method: `${count.toLocaleString('en')} orders on PostgreSQL, ${asks} requests over HTTP, one after the other`,
      })
    }
    await desk.close()
    return rows
  } finally {
    await jobs.close()
    await database.close()
    await server.remove()
  }
}

/** A dispatcher decides, and so does the rule: the catalogue's row, the event, the row of the lists and what is owed, committed. */
async function decisions({
  orders,
}: Pick<Awaited<ReturnType<typeof openTestOrders>>, 'orders'>): Promise<readonly Row[]> {
  const catalogue = await shippedCatalogue()
  const kind = [...catalogue.kinds.values()].find(({ code }) => code.startsWith('0202'))
  if (!kind) throw new Error('a catalogue without owners of flats')
  const found = [{ object: kind.object, sure: 1, why: [], kinds: [kind] }]
  orders.dispatching.judgeBy(async () => () => ({ isUnsure: false, found }))
  const rule = orders.handlers.find(({ queue }) => queue.name === 'order-dispatch')
  const timed = async (name: string, decide: (number: string) => Promise<unknown>): Promise<Row> => {
    const tookMs: number[] = []
    for (let index = 0; index < asks + 5; index++) {
      const made = await orders.make({ ...waiting, caller: `1390000${1000 + index}`, anyway: true }, seat)
      const startMs = systemClock.monotonicMs()
      await decide(made.order.number)
      if (index >= 5) tookMs.push(systemClock.monotonicMs() - startMs)
    }
    return {
      what: `orders: ${name}`,
      figure: `p50 ${percentile(tookMs, 0.5)} ms, p95 ${percentile(tookMs, 0.95)} ms`,
      target: 'p95 within 10 ms',
      method: `${count.toLocaleString('en')} orders on PostgreSQL, ${asks} decisions to their commit, one after the other`,
    }
  }
  return [
    await timed('a dispatcher’s decision', number =>
      orders.act(number, { do: 'dispatch', unit: 'street-110105026', kind: kind.code }, dispatcher),
    ),
    await timed('a dispatch by rule', async number => {
      const job = { data: { order: number }, id: number, tries: 1, signal: new AbortController().signal }
      await rule?.work({ ...job, settle: async () => undefined })
    }),
  ]
}

/** Half of a day's limit is over for so many orders at once: each is looked at, warned of and given its next mark. */
async function marks(database: Database): Promise<Row> {
  const clock = { ...systemClock, now: () => systemClock.now() + 13 * hourMs }
  const shared = { clock, log: silentLog, database }
  const jobs = openJobs({ ...shared, queues })
  const { orders, close } = await openTestOrders({ ...shared, jobs, dataDir: tmpdir() })
  const { lines } = await orders.list({ limit: marked, stage: 'handling' }, dispatcher)
  await database.transaction(async tx => {
    for (const { number } of lines) await jobs.enqueue(tx, orderClockQueue, { order: number })
  }, hourMs)
  const beganMs = systemClock.monotonicMs()
  jobs.run(orders.handlers.filter(({ queue }) => queue.name === orderClockQueue.name))
  await jobs.runDue()
  const aSecond = (lines.length * 1000) / (systemClock.monotonicMs() - beganMs)
  await jobs.close()
  await close()
  return {
    what: 'orders: marks of their clocks',
    figure: `${Math.round(aSecond)} a second`,
    target: '58 a second: a million orders a day, five marks each',
    method: `${lines.length} of ${count.toLocaleString('en')} orders on PostgreSQL fall due at once, one node`,
  }
}

/** The model's twins: other numbers, units, callers and dates; a third of them closed, a tenth late. */
async function fill(database: Database, model: string, units: readonly string[]): Promise<void> {
  const nowMs = systemClock.now()
  for (let from = 0; from < count; from += 5_000) {
    const rows = Array.from({ length: 5_000 }, (_, index) => {
      const at = from + index
      const rangAtMs = nowMs - (at % 600) * hourMs
      const redAtMs = at % 10 === 0 ? nowMs - at * 500 : nowMs + at * 5_000
      return {
        number: orderNumberOf('2026-01-05', at + 1),
        unit: units[at % units.length],
        closed: at % 3 === 0,
        caller: `1380000${1000 + (at % 5000)}`,
        rang: new Date(rangAtMs).toISOString(),
        red: new Date(redAtMs).toISOString(),
        yellow: new Date(redAtMs - 6 * hourMs).toISOString(),
      }
    })
    await database.execute(sql`
      with twin as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as twin (number text, unit text, closed boolean,
          caller text, rang timestamptz, red timestamptz, yellow timestamptz)
      ), made as (
        insert into orders (number, seq, stage, cycle, unit, category, street, urgency, elder, caller, matter, place,
          rang_at, made_at, changed_at, yellow_at, red_at)
        select twin.number, seq, case when closed then 'closed' else stage end, cycle, twin.unit, category, street,
          urgency, elder, twin.caller, matter, place, rang, rang, rang, case when not closed then yellow end,
          case when not closed then red end
        from twin, orders where orders.number = ${model}
      )
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
      select 'orders', twin.number, e.place, e.at_ms, e.kind, e.body, e.salt
      from twin, ledger_events e where e.room = 'orders' and e.stream = ${model}`)
  }
  await database.execute(sql`analyze orders`)
}

async function pageAfter(get: <Answer>(path: string) => Promise<Answer>, pages: number): Promise<string> {
  let after = ''
  for (let page = 0; page < pages; page++) {
    const { next } = await get<Page>(`/orders?limit=100${after === '' ? '' : `&after=${after}`}`)
    if (next === undefined) break
    after = next
  }
  return after
}
