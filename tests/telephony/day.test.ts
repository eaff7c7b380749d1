import { afterAll, beforeAll, expect, it } from 'vitest'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase } from '../../src/storage/index.ts'
import { callMigrations, createJournal, listPastCalls } from '../../src/telephony/index.ts'
import { dayFigures } from '../../src/telephony/journal/day.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, callMigrations)
})
afterAll(() => database.close())

const hourMs = 3_600_000
const clock = createManualClock()
const fromMs = clock.now()

/** Someone rings, and reaches a person after so long, if ever. */
async function call(number: string, afterMs?: number, wants = true) {
  const journal = createJournal({ database, clock, log: silentLog })
  const id = newId('call', clock.now())
  journal.write(id, { kind: 'invited', line: 'sip', direction: 'in', caller: number, called: '12345' })
  if (wants) journal.write(id, { kind: 'queued', place: 1 })
  await clock.advance(afterMs ?? 0)
  if (afterMs !== undefined) journal.write(id, { kind: 'connected', seat: 's1', seatCall: newId('call') })
  journal.write(id, { kind: 'ended', by: 'them', reason: 'hung-up' })
  await journal.close()
  return id
}

it('counts who rang, who wanted a person and who got one, how soon, as a whole and by the hour', async () => {
  expect(await dayFigures(database, { fromMs, untilMs: fromMs + hourMs, soonMs: 15_000 })).toEqual({
    calls: 0,
    wanted: 0,
    reached: 0,
    soon: 0,
    hours: [],
  })
  for (const seconds of [2, 4, 15, 30]) await call('13800138000', seconds * 1000)
  await call('13800138001', undefined)
  await call('13800138001', undefined, false)
  await clock.advance(fromMs + 2 * hourMs - clock.now())
  await call('13800138002', 60_000)
  const figures = await dayFigures(database, { fromMs, untilMs: fromMs + 24 * hourMs, soonMs: 15_000 })
  expect(figures).toMatchObject({ calls: 7, wanted: 6, reached: 5, soon: 3, medianMs: 15_000, p95Ms: 54_000 })
  expect(figures.hours).toEqual([
    { hour: 0, calls: 6, wanted: 5, reached: 4, soon: 3, medianMs: 9_500, p95Ms: 27_750 },
    { hour: 2, calls: 1, wanted: 1, reached: 1, soon: 0, medianMs: 60_000, p95Ms: 60_000 },
  ])
  const later = await dayFigures(database, {
    fromMs: fromMs + hourMs,
    untilMs: fromMs + 24 * hourMs,
    soonMs: 15_000,
  })
  expect(later.calls).toBe(1)
})

it('finds the earlier calls of a number, newest first, and none of a withheld one', async () => {
  const first = await call('13900139000', 5_000)
  await clock.advance(1_000)
  const second = await call('13900139000')
  await clock.advance(1_000)
  const third = await call('13900139000')
  const past = await listPastCalls(database, '13900139000', third, 10)
  expect(past.map(({ id, seat, direction }) => [id, seat, direction])).toEqual([
    [second, undefined, 'in'],
    [first, 's1', 'in'],
  ])
  expect(past.at(-1)?.durationMs).toBe(5_000)
  expect(await listPastCalls(database, '13900139000', third, 1)).toHaveLength(1)
  expect(await listPastCalls(database, '', third, 10)).toEqual([])
})
