/**
 * Lists of orders among three million, on PostgreSQL: every list, each order that it can have, a page in the middle and the
 * last of it, what is counted, and what is looked for. Rows come from generate_series into the product's own tables, with
 * the catalogue's kinds, what citizens say of them and the city's streets; a fifth of them run. Without `--long` there are
 * 100,000, which shows that it works and says little of the figures.
 */

import { tmpdir } from 'node:os'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { queues, tables } from '../../src/hall/rooms.ts'
import { openJobs } from '../../src/jobs/index.ts'
import type { Orders } from '../../src/orders/index.ts'
import { nobody, type OrderQuery } from '../../src/orders/listing/api.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { openTestOrders } from '../support/order-desk.ts'
import { startPostgres } from '../support/postgres.ts'
import { days, fillOrders } from './orders-filled.ts'
import type { Row } from './row.ts'
import { measureSupervised } from './supervised.ts'
import { fillSupervised } from './supervised-filled.ts'
import { type Timing, timing } from './timing.ts'

const boss = { role: 'supervisor', person: 'b' } as const
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
    await fillOrders(database, count, [...orders.rules.units.keys()])
    await fillSupervised(database)
    process.stderr.write(`filled in ${Math.round((systemClock.monotonicMs() - beganMs) / 1000)} s\n`)
    try {
      return await measured(orders, database, count)
    } finally {
      await orders.close()
    }
  } finally {
    await jobs.close()
    await database.close()
    await server.remove()
  }
}

export async function measured(orders: Orders, database: Database, count: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  const time = timing(rows, count)
  await measureSupervised(orders, database, time)
  await measure(orders, time)
  return rows
}

async function measure(orders: Orders, time: Timing): Promise<void> {
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
    copied: { copied: 'true' },
    'where a helper is late': { silent: 'true' },
    'of nobody in their unit': { person: nobody },
    'that may repeat another': { repeated: 'true' },
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
