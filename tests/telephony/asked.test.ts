/** What planners read of calls that asked for a person: counted by when they asked, whatever else happened to them. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  type CallFact,
  callMigrations,
  createCallRecords,
  createJournal,
  createNode,
} from '../../src/telephony/index.ts'
import { askedMigration, askedOfQueueMigration } from '../../src/telephony/journal/asked.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, callMigrations)
})
afterAll(() => database.close())
afterEach(() =>
  database.execute(sql.raw('delete from asked_calls; delete from call_facts; delete from calls')),
)

const startMs = Date.UTC(2026, 0, 5, 1)
const halfHourMs = 30 * 60_000
const seat = (name: string): CallFact => ({ kind: 'connected', seat: name, seatCall: newId('call') })
const queued: CallFact = { kind: 'queued', place: 1 }
const left = (reason: string): CallFact => ({ kind: 'left-queue', reason })
const hungUp: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }

/** Calls of one process: each a fact and the seconds that pass before the next. */
async function callsOf(calls: readonly (readonly (CallFact | number)[])[]) {
  const clock = createManualClock(startMs)
  const journal = createJournal({ database, clock, log: silentLog })
  for (const facts of calls) {
    const id = newId('call', clock.now())
    journal.write(id, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
    for (const one of facts)
      if (typeof one === 'number') await clock.advance(one * 1000)
      else journal.write(id, one)
  }
  const records = createCallRecords({ database, journal })
  const stretches = { startsMs: [startMs, startMs + halfHourMs], untilMs: startMs + 2 * halfHourMs }
  const asked = await records.askedIn({ ...stretches, soonMs: 15_000 })
  await journal.close()
  return asked
}

it('counts who asked, who was answered and when, who gave up, and how long seats and callers took', async () => {
  const asked = await callsOf([
    [queued, 10, seat('s1'), 180, hungUp],
    [queued, 15, seat('s1'), 100, { kind: 'held', held: true }, 20, seat('s2'), 60, hungUp],
    [queued, 16, seat('s2'), 30, { kind: 'transferred', to: '110' }, 600, hungUp],
    [queued, 40, left('abandoned'), hungUp],
    // Left a message: neither answered nor out of patience.
    [queued, 25, left('left'), 60, hungUp],
    // No place in the queue.
    [left('full'), 30, hungUp],
    [20, hungUp],
  ])
  expect(asked).toEqual([
    expect.objectContaining({ stretch: 0, asked: 6, soon: 2, answered: 3, abandoned: 1 }),
  ])
  expect(asked[0]?.talkedSeconds).toBeCloseTo(180 + 180 + 30, 1)
  expect(asked[0]?.waitedSeconds).toBeCloseTo(10 + 15 + 16 + 40 + 25, 1)
})

it('counts a call where it asked, and not before it is over', async () => {
  const asked = await callsOf([
    [1790, queued, 20, seat('s1'), 60, hungUp],
    [queued, 5, seat('s1'), 10],
    [queued, 5, seat('s1'), 10, hungUp],
    [7200, queued, 5, seat('s1'), hungUp],
  ])
  expect(asked.map(({ stretch, asked }) => [stretch, asked])).toEqual([
    [0, 1],
    [1, 1],
  ])
})

it('counts a caller whose process died as one who had not lost patience', async () => {
  const clock = createManualClock(startMs)
  const dead = createJournal({ database, clock, log: silentLog, node: 'node_0' })
  const id = newId('call', clock.now())
  dead.write(id, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
  dead.write(id, queued)
  await dead.close()
  await clock.advance(60_000)
  const node = createNode({ database, clock, log: silentLog, alone: true })
  await node.begin()
  const journal = createJournal({ database, clock, log: silentLog, node: node.id })
  const records = createCallRecords({ database, journal })
  const asked = await records.askedIn({ startsMs: [startMs], untilMs: startMs + halfHourMs, soonMs: 15_000 })
  expect(asked).toEqual([expect.objectContaining({ asked: 1, answered: 0, abandoned: 0 })])
  await journal.close()
  await node.close()
})

it('takes calls over that were there before', async () => {
  const before = await callsOf([
    [queued, 10, seat('s1'), 180, hungUp],
    [queued, 40, left('abandoned'), hungUp],
  ])
  await database.execute(sql.raw('drop view calls_that_asked; drop table asked_calls'))
  // Leaving the queue had another name then.
  const renamed = `update call_facts set fact = jsonb_set(fact, '{kind}', '"left-line"') where fact->>'kind' = 'left-queue'`
  await database.execute(sql.raw(renamed))
  for (const migration of [askedMigration, askedOfQueueMigration])
    await database.execute(sql.raw(migration.sql))
  expect(before).toMatchObject([{ asked: 2, answered: 1, abandoned: 1 }])
  expect(await callsOf([])).toEqual(before)
})

it('tells when seats talked: until their own leg ended, in the order in which they began', async () => {
  const clock = createManualClock(startMs)
  const journal = createJournal({ database, clock, log: silentLog })
  const [caller, first] = [newId('call', clock.now()), newId('call', clock.now())]
  const leg = { kind: 'invited', line: 'sip', direction: 'out', caller: '', called: 's1' } as const
  journal.write(caller, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
  journal.write(first, leg)
  journal.write(caller, queued)
  journal.write(caller, { kind: 'connected', seat: 's1', seatCall: first })
  await clock.advance(60_000)
  journal.write(first, { kind: 'ended', by: 'us', reason: 'hung-up' })
  journal.write(caller, seat('s2'))
  await clock.advance(30_000)
  journal.write(caller, hungUp)
  const records = createCallRecords({ database, journal })
  const talks = await records.talksOfSeats({ fromMs: startMs, untilMs: startMs + halfHourMs })
  expect(talks.map(({ seat, fromMs, untilMs }) => [seat, Math.round((untilMs - fromMs) / 1000)])).toEqual([
    ['s1', 60],
    ['s2', 30],
  ])
  expect(
    await records.talksOfSeats({ fromMs: startMs + halfHourMs, untilMs: startMs + 2 * halfHourMs }),
  ).toEqual([])
  await journal.close()
})
