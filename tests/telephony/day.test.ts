import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { type CallFact, callMigrations, createJournal, listPastCalls } from '../../src/telephony/index.ts'
import { dayFigures, daySides } from '../../src/telephony/journal/day.ts'
import { levelsOf } from '../../src/telephony/journal/levels.ts'
import { listLost } from '../../src/telephony/journal/lost.ts'
import { openEmpty } from '../support/empty-database.ts'

const queued: CallFact = { kind: 'queued', place: 1 }
const connected: CallFact = { kind: 'connected', seat: 's1', seatCall: newId('call') }
const promised: CallFact = { kind: 'promised', number: '13800138000' }
const left = (reason: string): CallFact => ({ kind: 'left-queue', reason })
type Became = 'calls' | 'waiting' | 'reached' | 'lost' | 'deferred'

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
      callMigrations.filter(({ name }) => name !== 'telephony-7-tallies' && name !== 'telephony-11-wanted'),
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
      deferred: 0,
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

/** What can become of a call that rings the house, as facts in the order in which they are written. */
const ways: Readonly<Record<string, { readonly facts: readonly CallFact[]; readonly is: Became }>> = {
  'never asked': { facts: [], is: 'calls' },
  'told a time for a message at night': { facts: [promised], is: 'calls' },
  'still waits': { facts: [queued], is: 'waiting' },
  served: { facts: [queued, connected], is: 'reached' },
  'rang while a seat rang them': { facts: [connected], is: 'reached' },
  'turned away, and served at the second try': { facts: [left('full'), queued, connected], is: 'reached' },
  'gave up': { facts: [queued, left('abandoned')], is: 'lost' },
  'turned away': { facts: [left('full')], is: 'lost' },
  'turned away, and promised a callback for it': { facts: [left('full'), promised], is: 'lost' },
  'the desk closed': { facts: [queued, left('failed'), promised], is: 'lost' },
  'chose a callback': { facts: [queued, left('left'), promised], is: 'deferred' },
  'chose a callback, and was served after all': {
    facts: [queued, left('left'), promised, connected],
    is: 'reached',
  },
}

it('counts each call that we made to a citizen, answered or not, by what was to lead it', async () => {
  const fromMs = clock.now()
  const journal = createJournal({ database, clock, log: silentLog })
  for (const [flow, isAnswered] of [
    ['', true],
    ['', false],
    ['survey', false],
    [undefined, true],
  ] as const) {
    const id = newId('call', clock.now())
    journal.write(id, { kind: 'invited', line: 'sip', direction: 'out', caller: '', called: '', flow })
    await journal.flush()
    if (isAnswered) journal.write(id, { kind: 'answered' })
    journal.write(id, { kind: 'ended', by: 'us', reason: 'no-answer' })
  }
  await journal.close()
  await clock.advance(60_000)
  const { outgoing } = await daySides(database, { fromMs: fromMs - 60_000, untilMs: clock.now() })
  expect(outgoing).toEqual([
    { flow: '', calls: 2, answered: 1, reached: 0 },
    { flow: 'survey', calls: 1, answered: 0, reached: 0 },
  ])
})

it('loses nobody who wanted a person: each reached one, got none, waits or chose a callback, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(ways)), fc.array(fc.boolean(), { maxLength: 4 })), {
        maxLength: 12,
      }),
      async calls => {
        await database.execute(sql`delete from call_facts`)
        await database.execute(sql`delete from calls`)
        await database.execute(sql`delete from call_minutes`)
        const journal = createJournal({ database, clock, log: silentLog })
        const fromMs = clock.now()
        const became: Became[] = []
        for (const [name, flushes] of calls) {
          const way = ways[name]
          if (!way) continue
          became.push(way.is)
          const id = newId('call', clock.now())
          journal.write(id, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
          for (const [index, fact] of way.facts.entries()) {
            await clock.advance(1_000)
            journal.write(id, fact)
            if (flushes[index]) await journal.flush()
          }
          if (way.is !== 'waiting') journal.write(id, { kind: 'ended', by: 'them', reason: 'hung-up' })
        }
        await journal.close()
        await clock.advance(60_000)
        const stretch = { fromMs: fromMs - 60_000, untilMs: clock.now() }
        const count = (is: Became) => became.filter(one => one === is).length
        const day = await dayFigures(database, stretch)
        const sides = await daySides(database, stretch)
        const wanted = became.length - count('calls')
        expect(day).toMatchObject({ calls: became.length, wanted, reached: count('reached') })
        expect(sides).toMatchObject({ lost: count('lost'), deferred: count('deferred') })
        expect((await levelsOf(database, stretch)).now).toMatchObject({ wanted, reached: count('reached') })
        expect(await listLost(database, { ...stretch, limit: 100 })).toHaveLength(count('lost'))
      },
    ),
    { numRuns: 25 },
  )
})

it('tells the same of calls that were there before as of those that come, and who gave up from whom nobody could take', async () => {
  const older = await openEmpty()
  try {
    await migrate(
      older,
      callMigrations.filter(({ name }) => name !== 'telephony-11-wanted'),
    )
    for (const [index, { facts, is }] of Object.values(ways).entries()) {
      const id = `call_${index}`
      const [queuedAt, connectedAt] = ['queued', 'connected'].map(kind =>
        facts.some(fact => fact.kind === kind),
      )
      await older.execute(sql`
        insert into calls (id, line, direction, caller, called, invited_at, queued_at, connected_at, ended_at)
        values (${id}, 'sip', 'in', '', '12345', now(), case when ${queuedAt} then now() end,
          case when ${connectedAt} then now() end, case when ${is !== 'waiting'} then now() end)`)
      for (const [at, fact] of facts.entries())
        await older.execute(
          sql`insert into call_facts values (${id}, ${at * 1e6}, ${JSON.stringify(fact)}::jsonb)`,
        )
    }
    await migrate(older, callMigrations)
    const stretch = { fromMs: systemClock.now() - hourMs, untilMs: systemClock.now() + hourMs }
    expect(await dayFigures(older, stretch)).toMatchObject({ calls: 12, wanted: 10, reached: 4 })
    expect(await daySides(older, stretch)).toMatchObject({ lost: 4, deferred: 1 })
    const lost = await listLost(older, { ...stretch, limit: 100 })
    expect(lost.map(({ why }) => why).sort()).toEqual([
      'gave-up',
      'turned-away',
      'turned-away',
      'turned-away',
    ])
  } finally {
    await older.close()
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
