/** A simulated month: whatever the rules say of time was done in its moment, and who lies is found by the answers of citizens. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../src/storage/index.ts'
import type { Book } from './month/books.ts'
import type { MonthCity } from './month/city.ts'
import { composites, lostByPair } from './month/recount.ts'
import { points } from './month/rules.ts'
import { simulate } from './month/simulation.ts'
import { liar, units } from './month/units.ts'

const seeds = (process.env.MONTH_SEEDS ?? '12345').split(',').map(Number)
const boss = { role: 'supervisor', person: 'boss' } as const
const reader = { ...boss, limit: 100 }

/** Lights, and the alarm of what nobody signed, at a moment of the month. */
async function look({ orders }: MonthCity, books: readonly Book[], atMs: number) {
  const open = books.filter(book => book.now().stage !== 'closed')
  for (const light of ['green', 'yellow', 'red'] as const) {
    const { lines } = await orders.list({ light, limit: reader.limit }, boss)
    const expected = open.filter(book => book.lightAt(atMs) === light).map(({ number }) => number)
    expect([light, ...lines.map(({ number }) => number).toSorted()]).toEqual([light, ...expected.toSorted()])
  }
  const silent = new Map<string, number>()
  for (const book of open)
    if (book.now().stage === 'waiting' && book.lightAt(atMs) === 'red' && !book.openReturn())
      silent.set(book.now().unit, (silent.get(book.now().unit) ?? 0) + 1)
  const parts = (await orders.health()).map(({ part, reason }) => `${part}: ${reason}`)
  expect(parts.toSorted()).toEqual(
    [...silent]
      .map(([unit, count]) => `signing ${unit}: ${count} orders past a limit, not signed`)
      .toSorted(),
  )
}

const counted = (all: readonly { readonly atMs: number; readonly what: string }[]) =>
  all.map(({ atMs, what }) => `${new Date(atMs).toISOString()} ${what}`).toSorted()

describe.each(seeds)('a month of a city (seed %i)', seed => {
  it('happens by the rules to the millisecond, and the lying unit is found by its citizens’ answers', async () => {
    const { city, books, sent } = await simulate(seed, {
      orders: Number(process.env.MONTH_ORDERS ?? 70),
      looks: 40,
      look,
    })
    try {
      expect(city.failures()).toBe(0)
      expect(await eventsOf(city)).toEqual(
        counted(
          books.flatMap(({ number, happened }) =>
            happened.map(one => ({ ...one, what: `${number} ${one.what}` })),
          ),
        ),
      )
      const kinds =
        /^#(reminder|yellow|overdue|unsigned|undispatched|returnWaits|helpWaits|helpOverdue|instructed|instructionWaits) /
      expect(
        counted(
          sent
            .filter(({ text }) => kinds.test(text))
            .map(({ atMs, to, text }) => {
              const [key = '', ...number] = text.slice(1).split(' ')
              return { atMs, what: `${key} ${to} ${number.join('')}` }
            }),
        ),
      ).toEqual(counted(books.flatMap(({ texts }) => texts)))
      await deductionsAgree(city, books)
      const { pairs } = await city.orders.returns.figures({ days: 366 })
      expect(pairs.map(({ decided: _, ...pair }) => pair)).toEqual(lostByPair(books, city.now()))
      await rankingAgrees(city, books)
      expect(await city.breaks()).toEqual([])
    } finally {
      await city.close()
    }
  }, 600_000)
})

/** What fell due in the product: warnings, and instructions of whatever cause. */
async function eventsOf({ database }: MonthCity) {
  const said = z.object({
    clock: z.string().optional(),
    percent: z.number().optional(),
    unit: z.string().optional(),
    level: z.string().optional(),
    because: z.string().optional(),
  })
  const rows = await database.query(
    sql`select stream, at_ms as "atMs", kind, body::jsonb->'data' as said from ledger_events
      where room = 'orders' and kind in ('warned', 'instructed')`,
    z.object({ stream: z.string(), atMs: z.coerce.number(), kind: z.string(), said }),
  )
  return counted(
    rows.map(({ stream, atMs, kind, said: { clock, percent, unit, level, because } }) => ({
      atMs,
      what:
        kind === 'warned'
          ? `${stream} warned ${unit === undefined ? clock : `${clock}:${unit}`} ${percent}`
          : `${stream} instructed ${level} ${because}`,
    })),
  )
}

async function deductionsAgree({ database, deductions, now }: MonthCity, books: readonly Book[]) {
  const rows = await database.query(
    sql`select id, order_number as "number", unit, reason, fact_at as at, state from deductions`,
    z.object({
      id: z.string(),
      number: z.string(),
      unit: z.string(),
      reason: z.string(),
      at: z.date(),
      state: z.literal('proposed'),
    }),
  )
  expect(
    counted(
      rows.map(({ number, unit, reason, at }) => ({
        atMs: at.getTime(),
        what: `${number} ${reason} ${unit}`,
      })),
    ),
  ).toEqual(
    counted(
      books.flatMap(({ number, deductions }) =>
        deductions.map(({ atMs, what, unit }) => ({ atMs, what: `${number} ${what} ${unit}` })),
      ),
    ),
  )
  for (const { id } of rows)
    for (const by of ['li', 'zhao']) await deductions.decide(id, { agreed: true, words: '属实' }, by)
  const lost = await deductions.pointsIn({ fromMs: 0, untilMs: now() + 1 })
  for (const unit of units) {
    const own = books.flatMap(book => book.deductions.filter(one => one.unit === unit))
    const sum = own.reduce((total, { what }) => total + points[what as keyof typeof points], 0)
    expect([unit, lost.get(unit) ?? 0]).toEqual([unit, sum])
  }
}

async function rankingAgrees({ supervision }: MonthCity, books: readonly Book[]) {
  const { groups } = await supervision.ranking({ month: '2026-01' })
  const [group] = groups
  expect(groups).toHaveLength(1)
  const again = composites(books, Date.UTC(2026, 0, 31, 16))
  for (const { unit, rates, expected, tally, rank } of group?.units ?? []) {
    const own = again.get(unit)
    expect([unit, tally.asked, tally.answered]).toEqual([unit, own?.asked, own?.answered])
    expect(rates.composite).toBeCloseTo(own?.composite ?? 0, 9)
    expect(expected).toBeCloseTo(own?.expected ?? 0, 9)
    const better = [...again.values()].filter(
      one =>
        one.answered >= 8 &&
        one.composite - one.expected > (own?.composite ?? 0) - (own?.expected ?? 0) + 1e-9,
    )
    expect([unit, rank]).toEqual([unit, (own?.answered ?? 0) >= 8 ? better.length + 1 : undefined])
  }
  expect(group?.units.filter(({ rank }) => rank !== undefined).at(-1)?.unit).toBe(liar)
}
