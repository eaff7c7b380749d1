import { afterAll, beforeAll, expect, it } from 'vitest'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { callMigrations, createJournal, listPastCalls } from '../../src/telephony/index.ts'
import { dayFigures, daySides } from '../../src/telephony/journal/day.ts'
import { levelsOf } from '../../src/telephony/journal/levels.ts'
import { openEmpty } from '../support/empty-database.ts'

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
  expect(await dayFigures(database, { fromMs, untilMs: fromMs + hourMs })).toEqual({
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
  const figures = await dayFigures(database, { fromMs, untilMs: fromMs + 24 * hourMs })
  expect(figures).toMatchObject({ calls: 7, wanted: 6, reached: 5, soon: 3, medianMs: 15_000, p95Ms: 54_000 })
  expect(figures.hours).toEqual([
    { hour: 0, calls: 6, wanted: 5, reached: 4, soon: 3, medianMs: 9_500, p95Ms: 27_750 },
    { hour: 2, calls: 1, wanted: 1, reached: 1, soon: 0, medianMs: 60_000, p95Ms: 60_000 },
  ])
  const later = await dayFigures(database, {
    fromMs: fromMs + hourMs,
    untilMs: fromMs + 24 * hourMs,
  })
  expect(later.calls).toBe(1)
})

it('counts what was before an upgrade, once: its facts are asked no more', async () => {
  const older = await openEmpty()
  try {
    await migrate(
      older,
      callMigrations.filter(({ name }) => name !== 'telephony-7-tallies'),
    )
    await older.execute(
      sql.raw(`
        insert into calls (id, line, direction, caller, called, invited_at)
          values ('call_1', 'sip', 'in', '', '12345', date_trunc('hour', now()) - interval '3 hours');
        insert into call_facts
          select id, (extract(epoch from invited_at) * 1e6)::bigint + after_us, jsonb_build_object('kind', kind)
          from calls, (values (1000000, 'queued'), (9000000, 'connected'), (60000000, 'connected')) as fact (after_us, kind)`),
    )
    await migrate(older, callMigrations)
    await older.execute(sql`delete from call_facts`)
    const now = systemClock.now()
    const stretch = { fromMs: now - 24 * hourMs, untilMs: now }
    expect(await dayFigures(older, stretch)).toMatchObject({
      calls: 1,
      wanted: 1,
      reached: 1,
      soon: 1,
      medianMs: 9_000,
    })
  } finally {
    await older.close()
  }
})

it('keeps apart who gave up, who met a menu, and what the house rang itself; legs to seats are no calls', async () => {
  const fromMs = clock.now()
  const other = await openDatabase({ clock: systemClock, log: silentLog })
  try {
    await migrate(other, callMigrations)
    const journal = createJournal({ database: other, clock, log: silentLog, soonMs: 10_000 })
    const led = (menu: boolean | undefined, direction: 'in' | 'out' = 'in') => {
      const id = newId('call', clock.now())
      journal.write(id, { kind: 'invited', line: 'sip', direction, caller: '', called: '' })
      if (menu !== undefined)
        journal.write(id, {
          kind: 'flow',
          flow: direction === 'in' ? 'hotline' : 'survey',
          state: 'one',
          menu,
        })
      return id
    }
    const served = led(false)
    const lost = led(true)
    const leg = led(undefined, 'out')
    const survey = led(true, 'out')
    journal.write(survey, { kind: 'answered' })
    for (const id of [served, lost]) journal.write(id, { kind: 'queued', place: 1 })
    // A menu that comes after the wish for a person stood in nobody's way.
    journal.write(served, { kind: 'flow', flow: 'hotline', state: 'later', menu: true })
    await journal.flush()
    // Facts of one call come in several batches, and are counted once.
    await clock.advance(12_000)
    journal.write(served, { kind: 'connected', seat: 's1', seatCall: leg })
    await journal.flush()
    for (const id of [served, lost, leg, survey])
      journal.write(id, { kind: 'ended', by: 'them', reason: 'hung-up' })
    await journal.close()
    const stretch = { fromMs, untilMs: clock.now() + 1 }
    expect(await daySides(other, stretch)).toEqual({
      lost: 1,
      menuKnown: 2,
      menuFree: 1,
      longestMs: 12_000,
      outgoing: [{ flow: 'survey', calls: 1, answered: 1, reached: 0 }],
    })
    // What is soon is what it was when they rang: here 10 s.
    expect(await dayFigures(other, stretch)).toMatchObject({ calls: 2, wanted: 2, reached: 1, soon: 0 })
    const { now, worstReached, worstSoon } = await levelsOf(other, stretch)
    expect(now).toMatchObject({ wanted: 2, reached: 1, soon: 0 })
    expect(now.untilMs - now.fromMs).toBe(24 * hourMs)
    expect(worstReached).toMatchObject({ wanted: 2, reached: 1 })
    expect(worstSoon).toMatchObject({ wanted: 2, soon: 0 })
  } finally {
    await other.close()
  }
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
