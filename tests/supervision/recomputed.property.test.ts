/** What a ranking publishes, computed again from the rows by SQL alone. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock } from '../../src/foundation/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { openSupervision } from '../../src/supervision/index.ts'
import { ordinaryScores } from '../../src/supervision/rules.ts'
import { noDeductions } from '../http/house.ts'
import { mondayTen, openRoom, openRoomDatabase, type Room } from '../surveys/house.ts'

let database: Database
let room: Room
beforeAll(async () => {
  database = await openRoomDatabase()
  room = await openRoom(database)
}, 60_000)
afterAll(async () => {
  await room?.leave()
  await database?.close()
})

/** Closings of three months, most of them answered in whole or in part, some excluded: no two units alike. */
const fill = sql.raw(`
  insert into surveys (id, campaign, order_number, cycle, elder, language, unit, category, street, closed_at,
    state, reached, contacted, solved, rating, settled, excluded)
  select 'survey_' || n, 'closed-orders', 'o' || n, 1, false, 'zh-CN', 'unit-' || (n % 40),
    'category-' || floor(random() * 6), '东四街道',
    timestamptz '2025-11-01 00:00+08' + random() * interval '91 days', 'settled', kind < 0.9,
    case when kind < 0.8 then case when random() < 0.9 then 'yes' else 'no' end end,
    case when kind < 0.75 then case when random() < 0.3 + (n % 40) / 100.0 then 'yes' when random() < 0.4 then 'partly' else 'no' end end,
    case when kind < 0.7 then 1 + floor(random() * 5)::int end, 'answered', random() < 0.03
  from (select n, random() as kind from generate_series(1, 6000) n) one`)

/** The formula of the ordinary rules, written a second time. */
const again = sql`
  with rows as (
    select unit, category, (contacted = 'yes')::int::float8 as contacted, rating,
      case solved when 'yes' then 1 when 'partly' then 0.5 when 'no' then 0 end::float8 as solved,
      (rating <= 3)::int::float8 as satisfied
    from surveys where not excluded and closed_at >= '2025-12-01 00:00+08' and closed_at < '2026-01-01 00:00+08'
  ), city as (
    select category, avg(contacted) as r, avg(solved) as s, avg(satisfied) as m from rows group by category
  )
  select unit, count(*)::int as asked, count(coalesce(contacted, solved, rating))::int as answered,
    (0.3 * avg(contacted) + 0.35 * avg(solved) + 0.35 * avg(satisfied)) as composite,
    (0.3 * avg(r) filter (where contacted is not null) + 0.35 * avg(s) filter (where solved is not null)
      + 0.35 * avg(m) filter (where satisfied is not null)) as expected
  from rows join city using (category) group by unit`

it('is the same by a second program, and each rank is one more than the units that are better', async () => {
  await database.transaction(async tx => {
    await tx.execute(sql`select setseed(0.4)`)
    await tx.execute(fill)
  }, 60_000)
  const supervision = openSupervision({
    deductions: noDeductions,
    surveys: room,
    units: new Map(),
    rules: { ...ordinaryScores, least: 20, sizes: [52] },
    city: exampleCity,
    clock: createManualClock(mondayTen),
  })
  // The clock stands in January: the last month that is over is December.
  const { month, groups } = await supervision.ranking({})
  expect(month).toBe('2025-12')
  const rows = await database.query(
    again,
    z.object({
      unit: z.string(),
      asked: z.number(),
      answered: z.number(),
      composite: z.number(),
      expected: z.number(),
    }),
  )
  expect(groups.flatMap(({ units }) => units)).toHaveLength(rows.length)
  expect(groups.map(({ from }) => from)).toEqual([52, 0])
  for (const { from, units } of groups) {
    const together = rows.filter(({ asked }) => (asked >= 52 ? 52 : 0) === from)
    for (const one of units) {
      const row = together.find(({ unit }) => unit === one.unit)
      expect(row && [row.asked, row.answered]).toEqual([one.tally.asked, one.tally.answered])
      expect(one.rates.composite).toBeCloseTo(row?.composite ?? 0, 9)
      expect(one.expected).toBeCloseTo(row?.expected ?? 0, 9)
      const better = together.filter(
        ({ answered, composite, expected }) =>
          answered >= 20 && composite - expected > (one.difference ?? 0) + 1e-9,
      )
      expect(one.rank).toBe(one.tally.answered >= 20 ? better.length + 1 : undefined)
    }
  }
  const [first] = groups[0]?.units ?? []
  const { orders } = await supervision.behind({ month, unit: first?.unit ?? '', answer: 'not-solved' })
  expect(orders).toHaveLength(first?.tally.solved.no ?? -1)
  expect(orders.map(({ closedAtMs }) => closedAtMs)).toEqual(
    orders.map(({ closedAtMs }) => closedAtMs).toSorted((one, other) => other - one),
  )
})
