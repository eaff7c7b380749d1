/**
 * Lists of orders among three million, on PostgreSQL: every list, each order that it can have, a page in the middle and the
 * last of it, what is counted, and what is looked for. Rows come from generate_series into the product's own tables, with
 * the catalogue's kinds, what citizens say of them and the city's streets; a fifth of them run. Without `--long` there are
 * 100,000, which shows that it works and says little of the figures.
 */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { readCatalogue } from '../../src/catalogue/index.ts'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import type { Orders } from '../../src/orders/index.ts'
import type { OrderQuery } from '../../src/orders/listing/api.ts'
import { kindMark, pairsIn, runsIn } from '../../src/orders/word-store.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { openTestOrders } from '../support/order-desk.ts'
import { startPostgres } from '../support/postgres.ts'
import { percentile, type Row } from './row.ts'

const asks = 60
const promisedMs = 100
const boss = { role: 'supervisor', person: 'b' } as const
/** So many days of orders. */
const days = 120

export async function run(isLong: boolean): Promise<readonly Row[]> {
  const count = isLong ? 3_000_000 : 100_000
  const server = await startPostgres()
  const shared = { clock: systemClock, log: silentLog }
  const database = await openDatabase({ url: server.url, ...shared })
  const jobs = openJobs({ database, queues, ...shared })
  try {
    await migrate(database, tables)
    await jobs.prepare()
    const { orders } = await openTestOrders({ ...shared, database, jobs, dataDir: tmpdir() })
    const beganMs = systemClock.monotonicMs()
    await fill(database, count, [...orders.rules.units.keys()])
    process.stderr.write(`filled in ${Math.round((systemClock.monotonicMs() - beganMs) / 1000)} s\n`)
    try {
      return await measure(orders, count)
    } finally {
      await orders.close()
    }
  } finally {
    await jobs.close()
    await database.close()
    await server.remove()
  }
}

async function measure(orders: Orders, count: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  const time = async (what: string, ask: (at: number) => Promise<unknown>, times = asks) => {
    const tookMs: number[] = []
    for (let at = 0; at < times + 3; at++) {
      const beganMs = systemClock.monotonicMs()
      await ask(at)
      if (at >= 3) tookMs.push(systemClock.monotonicMs() - beganMs)
    }
    rows.push({
      what: `orders, ${count.toLocaleString('en')}: ${what}`,
      figure: `p50 ${percentile(tookMs, 0.5)} ms, p95 ${percentile(tookMs, 0.95)} ms`,
      target: `p95 below ${promisedMs} ms`,
      method: `${times} times, one after the other, PostgreSQL with its own settings on this machine`,
    })
    process.stderr.write(`${rows.at(-1)?.what}: ${rows.at(-1)?.figure}\n`)
  }
  const list = (query: Partial<OrderQuery>, reader: Parameters<Orders['list']>[1] = boss) =>
    orders.list({ limit: 100, ...query }, reader)
  const units = [...orders.rules.units.keys()]
  const unit = { role: 'unit', person: 'u', unit: units[0] } as const

  const lists: Readonly<Record<string, Partial<OrderQuery>>> = {
    running: {},
    'running, the latest first': { sort: 'latest' },
    waiting: { stage: 'waiting' },
    'in hand': { stage: 'handling' },
    returned: { returned: 'true' },
    helping: { helping: 'true' },
    yellow: { light: 'yellow' },
    green: { light: 'green' },
    red: { light: 'red' },
    closed: { stage: 'closed' },
    all: { stage: 'all' },
  }
  for (const [name, query] of Object.entries(lists))
    for (const [whose, reader] of [
      ['of the centre', boss],
      ['of a unit', unit],
    ] as const) {
      const places = await placesOf(after => list({ ...query, after }, reader))
      for (const [where, after] of places)
        await time(`${name}, ${whose}, ${where}`, () => list({ ...query, after }, reader), 30)
    }
  await time('one unit of all, for the centre', at => list({ unit: units[at % units.length] }))
  await time('counts of the centre', () => orders.counts(boss), 30)
  await time('counts of a unit', () => orders.counts(unit))
  await time('of a number that rang, or is to be answered', at =>
    list({ caller: `1380000${String(1000 + at).padStart(4, '0')}` }),
  )
  const words = [
    '停水',
    '居民供水',
    '路灯 望京',
    '小区',
    '没有暖气',
    '垃圾清运 朝阳',
    '营业执照',
    '龙卷风',
    '停水 没有这个词',
  ]
  for (const word of words)
    for (const [whose, reader] of [
      ['the centre', boss],
      ['a unit', unit],
    ] as const) {
      await time(`“${word}”, for ${whose}`, () => list({ words: word, limit: 100 }, reader), 20)
      const { next } = await list({ words: word, limit: 100 }, reader)
      if (next !== undefined)
        await time(
          `“${word}”, for ${whose}, further down`,
          () => list({ words: word, after: `0-${deep(next)}` }, reader),
          20,
        )
    }
  return rows
}

/** An order of the middle of the time. */
const deep = (next: string) => `${sixDigits(systemClock.now() - (days / 2) * dayMs)}${next.slice(-7)}`
const dayMs = 86_400_000
const sixDigits = (ms: number) => new Date(ms).toISOString().slice(2, 10).replaceAll('-', '')

type Page = Awaited<ReturnType<Orders['list']>>

/** The first page of a list, one far down, and the last of those that were gone through. */
async function placesOf(
  page: (after?: string) => Promise<Page>,
): Promise<readonly (readonly [string, string | undefined])[]> {
  let after: string | undefined
  let turned = 0
  for (; turned < 300; turned++) {
    const { next } = await page(after)
    if (next === undefined) break
    after = next
  }
  return turned === 0
    ? [['the only page', undefined]]
    : [
        ['page 1', undefined],
        [`page ${turned + 1}`, after],
      ]
}

/** What orders may be about, and where: some of each, joined at random. */
async function fill(database: Database, count: number, units: readonly string[]): Promise<void> {
  const catalogue = await readCatalogue(join(import.meta.dirname, '..', '..', 'catalogue'))
  const told = [...catalogue.objects.values()].flatMap(({ kinds, says, category }) =>
    kinds.map((kind, at) => {
      const matter = `市民来电反映小区${kind.object}${kind.name}，${says[at % Math.max(1, says.length)] ?? ''}，希望尽快处理并回复`
      return { kind: kind.code, category, matter, pairs: [kindMark(kind.code), ...pairsOf(matter)] }
    }),
  )
  const districts = ['朝阳区', '海淀区', '丰台区', '东城区', '西城区', '通州区', '昌平区', '大兴区']
  const streets = [
    '望京街道',
    '上地街道',
    '卢沟桥街道',
    '和平里街道',
    '展览路街道',
    '梨园镇',
    '回龙观街道',
    '黄村镇',
  ]
  const sited = Array.from({ length: 800 }, (_, at) => {
    const district = districts[at % 8] ?? ''
    const street = streets[at % 8] ?? ''
    const place = `幸福里${at % 90}号院${(at % 7) + 1}号楼`
    return { district, street, place, pairs: pairsOf(`${place} ${street} ${district}`) }
  })
  const long = 3_600_000
  const nowMs = systemClock.now()
  const at = new Date(nowMs).toISOString()
  await database.transaction(async tx => {
    const run = (text: ReturnType<typeof sql>) => tx.execute(text)
    await run(sql`create temp table told as select row_number() over () - 1 as id, t.* from jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
      as t (kind text, category text, matter text, pairs int4[])`)
    await run(sql`create temp table sited as select row_number() over () - 1 as id, s.* from jsonb_to_recordset(${JSON.stringify(sited)}::jsonb)
      as s (district text, street text, place text, pairs int4[])`)
    await run(
      sql`create temp table whose as select ordinality - 1 as id, value as unit from jsonb_array_elements_text(${JSON.stringify(units)}::jsonb) with ordinality`,
    )
    await run(
      sql.raw(
        `create unique index on told (id); create unique index on sited (id); create unique index on whose (id); analyze told; analyze sited; analyze whose`,
      ),
    )
    // Indexes are made once all is there, as an upgrade or a copy makes them.
    const { rows } = { rows: await tx.query(indexesOf, indexRow) }
    for (const { name } of rows) await run(sql.raw(`drop index ${name}`))
    // The newest fifth runs; what is asked of the wheel is what a random would be, the same each time.
    await run(
      sql.raw(`
      create temp table wheel as
      select n, to_char(rang, 'YYMMDD') || lpad(n::text, 7, '0') as number, rang, at,
        case when n > ${count} * 0.8 or n % 50 = 0 then case when n % 12 = 0 then 'waiting' else 'handling' end else 'closed' end as stage,
        (power(abs(hashint4(n))::float8 / 2147483648, 2) * ${told.length})::int8 % ${told.length} as told,
        abs(hashint4(n + 7)) % ${sited.length} as sited,
        (power(abs(hashint4(n + 13))::float8 / 2147483648, 2) * ${units.length})::int8 % ${units.length} as whose
      from (select n, date_trunc('milliseconds', '${at}'::timestamptz - make_interval(secs => (${count} - n)::float8 * ${days * 86_400} / ${count})) as rang, '${at}'::timestamptz as at
        from generate_series(1, ${count}) n) made`),
    )
    await run(
      sql.raw(`
      insert into orders (number, seq, stage, cycle, unit, category, kind, type, district, street, urgency, elder, caller, contact, matter, place,
          rang_at, made_at, changed_at, yellow_at, red_at, returns, helpers)
        select number, 1, stage, 1, unit, category, kind, 'complaint', district, street, 'general', n % 9 = 0,
          '1380000' || 1000 + n % 9000, case when n % 20 = 0 then '1390000' else '1380000' end || 1000 + n % 9000, matter, place, rang, rang,
          case when stage = 'closed' then rang + interval '2 days' else rang end,
          case when stage <> 'closed' then red - interval '4 days' end, case when stage <> 'closed' then red end,
          case when n % 30 = 0 then 1 else 0 end, case when n % 40 = 0 then jsonb_build_array(helper) else '[]' end
        from (select *, rang + make_interval(days => 5 + abs(hashint4(n + 3)) % 20) as red from wheel) w
          join told on told.id = w.told join sited on sited.id = w.sited join whose on whose.id = w.whose
          join (select id, unit as helper from whose) helping on helping.id = (w.whose + 1) % ${units.length}`),
    )
    await run(
      sql.raw(`
      insert into order_words (number, pairs)
        select number, -left(number, 6)::int4 || told.pairs || sited.pairs from wheel w join told on told.id = w.told join sited on sited.id = w.sited
        order by number`),
    )
    await run(sql.raw(`set local maintenance_work_mem = '1GB'`))
    for (const { made } of rows) await run(sql.raw(made))
  }, long)
  // Outside of a transaction, and longer than a statement may take.
  await database.transaction(tx => tx.execute(sql.raw('analyze orders; analyze order_words')), long)
}

const pairsOf = (text: string) => runsIn(text).flatMap(pairsIn)
const indexRow = z.object({ name: z.string(), made: z.string() })
const indexesOf = sql`select indexname as name, indexdef as made from pg_indexes
  where tablename in ('orders', 'order_words') and indexname not like '%_pkey'`
