import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createManualClock, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { databaseFault } from '../../src/storage/faults.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  type CallFact,
  type CallId,
  callMigrations,
  createCallRecords,
  createJournal,
  createNode,
  cutText,
  findCall,
  listCalls,
} from '../../src/telephony/index.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await migrate(database, callMigrations)
})
afterAll(() => database.close())
afterEach(() => database.execute(sql.raw('delete from calls; delete from lives; delete from leases')))

/** A process at its own pace of a common time, that takes calls and may die. */
function processOf(clock = createManualClock(), alone = false, print?: (text: string) => void) {
  const node = createNode({ database, clock, log: silentLog, alone, print })
  const journal = createJournal({ database, clock, log: silentLog, node: node.id })
  return {
    node,
    journal,
    async takesACall(): Promise<CallId> {
      const call = newId('call')
      journal.write(call, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
      journal.write(call, { kind: 'answered', codec: 'PCMA' })
      await journal.flush()
      return call
    },
    ends: async (call: CallId) => {
      journal.write(call, { kind: 'ended', by: 'them', reason: 'hung-up' })
      await journal.flush()
    },
  }
}
const stateOf = async (id: CallId) =>
  (await listCalls(database, { limit: 10 })).find(call => call.id === id)?.state

/** A turn asks the database, which a busy machine keeps waiting. */
const patience = { timeout: 10_000 }

describe('the desk', () => {
  it('is held by one node of a database, and by another once that one has been silent for half a minute', async () => {
    const [clock, deadClock] = [createManualClock(), createManualClock()]
    const first = processOf(deadClock)
    await first.node.begin()
    const second = processOf(clock)
    await second.node.begin()
    expect([first.node.holdsDesk(), second.node.holdsDesk()]).toEqual([true, false])
    const turn = async () => {
      await clock.advance(10_000)
      await database.ping()
    }
    for (let turns = 0; turns < 2; turns++) await turn()
    expect(second.node.holdsDesk()).toBe(false)
    for (let turns = 0; turns < 3; turns++) await turn()
    await expect.poll(second.node.holdsDesk, patience).toBe(true)
    // It was only slow, and comes back.
    await deadClock.advance(60_000)
    await expect.poll(first.node.holdsDesk, patience).toBe(false)
    await second.node.close()
    const holdsAgain = async () => {
      await deadClock.advance(10_000)
      return first.node.holdsDesk()
    }
    await expect.poll(holdsAgain, patience).toBe(true)
    await first.node.close()
  })

  it('is held by a node that has its database alone, and stays where it is while the database is away', async () => {
    const clock = createManualClock()
    const other = processOf(clock)
    await other.node.begin()
    const alone = processOf(clock, true)
    await alone.node.begin()
    expect(alone.node.holdsDesk()).toBe(true)
    await other.node.close()
    await alone.node.close()
    const away = () => Promise.reject(databaseFault({ code: '08006' }))
    const lost = createNode({
      database: { ...database, execute: away, query: away, transaction: away },
      clock,
      log: silentLog,
      alone: false,
    })
    await lost.begin()
    expect(lost.holdsDesk()).toBe(true)
    await lost.close()
  })

  it('is left to the next at once by a node that closes, in the middle of a turn as well', async () => {
    const clock = createManualClock()
    let goOn: () => void = () => undefined
    let isSlow = Promise.resolve()
    const execute: Database['execute'] = async statement => {
      await isSlow
      return database.execute(statement)
    }
    const first = createNode({ database: { ...database, execute }, clock, log: silentLog, alone: false })
    await first.begin()
    isSlow = new Promise(resolve => {
      goOn = resolve
    })
    await clock.advance(10_000)
    const closed = first.close()
    goOn()
    await closed
    const second = processOf(clock)
    await second.node.begin()
    expect(second.node.holdsDesk()).toBe(true)
    await second.node.close()
  })
})

describe('calls that a process left open when it died', () => {
  it('are ended by the next start, at the last sign of life, where nobody else can have them', async () => {
    const clock = createManualClock()
    const dead = processOf(clock, true)
    await dead.node.begin()
    const left = await dead.takesACall()
    const over = await dead.takesACall()
    await dead.ends(over)
    await clock.advance(5_000)

    const next = processOf(clock, true)
    const young = await next.takesACall()
    await next.node.begin()
    expect([await stateOf(left), await stateOf(over), await stateOf(young)]).toEqual([
      'ended',
      'ended',
      'answered',
    ])
    const found = await findCall(database, left)
    expect(found?.call).toMatchObject({ endedBy: 'failure', endReason: 'process-died' })
    expect(found?.facts.at(-1)?.fact).toEqual({ kind: 'ended', by: 'failure', reason: 'process-died' })
    expect(found?.call.endedAt?.getTime()).toBeLessThan(clock.now() - 4_000)
    expect((await findCall(database, over))?.call.endReason).toBe('hung-up')
    await next.node.close()
  })

  it('are ended at once, and their telephones and the desk taken over, where it is known that the process is dead', async () => {
    const clock = createManualClock()
    const dialog = {
      callId: 'x@there',
      uri: 'sip:citizen@192.0.2.1',
      from: '<sip:us>;tag=1',
      to: '<sip:them>;tag=2',
    }
    const takes = async (process: ReturnType<typeof processOf>) => {
      const call = await process.takesACall()
      process.journal.write(call, { kind: 'answered', codec: 'PCMA', dialog: { ...dialog, callId: call } })
      await process.journal.flush()
      return call
    }
    const [dead, living] = [processOf(clock), processOf(createManualClock())]
    await dead.node.begin()
    await living.node.begin()
    const [left, theirs] = [await takes(dead), await takes(living)]

    const next = createNode({ database, clock, log: silentLog, alone: false, before: dead.node.id })
    await next.begin()
    const told: string[] = []
    next.onLeft(dialogs => told.push(...dialogs.map(({ callId }) => callId)))
    expect([await stateOf(left), await stateOf(theirs)]).toEqual(['ended', 'answered'])
    expect(told).toEqual([left])
    expect(next.holdsDesk()).toBe(true)
    // The other has lost its database for half a minute, and talks on: nobody hangs up on its callers.
    const endsTheirs = async () => {
      await clock.advance(10_000)
      return stateOf(theirs)
    }
    await expect.poll(endsTheirs, patience).toBe('ended')
    expect(told).toEqual([left])
    await next.close()
  })

  it('are known with where their callers were, and counted', async () => {
    const clock = createManualClock()
    const { journal } = processOf(clock, true)
    const flow: CallFact = { kind: 'flow', flow: 'hotline', state: 'welcome' }
    const recording: CallFact = { kind: 'recording', path: 'call.wav' }
    const offered: CallFact = { kind: 'offered', seat: 's1' }
    const connected: CallFact = { kind: 'connected', seat: 's1', seatCall: newId('call') }
    const lives: Readonly<Record<string, readonly CallFact[]>> = {
      ringing: [],
      flow: [flow],
      message: [flow, recording],
      queue: [flow, recording, { kind: 'queued', place: 2 }],
      offered: [{ kind: 'queued', place: 1 }, offered],
      talking: [offered, connected],
      held: [offered, connected, { kind: 'held', held: true }],
      outside: [{ kind: 'transferred', to: '110' }],
    }
    const calls = Object.entries(lives).map(([at, facts]) => {
      const call = newId('call')
      journal.write(call, { kind: 'invited', line: 'sip', direction: 'in', caller: '', called: '12345' })
      for (const fact of facts) journal.write(call, fact)
      return { at, call }
    })
    // The leg to a seat is nobody's place.
    const leg = newId('call')
    journal.write(leg, { kind: 'invited', line: 'sip', direction: 'out', caller: '', called: 's1' })
    await journal.flush()
    await clock.advance(5_000)

    const told: string[] = []
    const next = processOf(clock, true, text => told.push(text))
    await next.node.begin()
    for (const { at, call } of calls) {
      const facts = (await findCall(database, call))?.facts.map(({ fact }) => fact)
      expect(facts?.slice(-2)).toMatchObject([
        { kind: 'cut', at },
        { kind: 'ended', by: 'failure', reason: 'process-died' },
      ])
    }
    expect((await findCall(database, leg))?.facts.map(({ fact }) => fact.kind)).toEqual(['invited', 'ended'])
    const one = Object.fromEntries(calls.map(({ at }) => [at, 1]))
    expect([next.node.cut(), told]).toEqual([one, [cutText(next.node.cut())]])
    expect(cutText(next.node.cut())).toMatch(
      /^上次中断时的来电：排队 1、.*cut off when the last run died: 1 in the queue/,
    )
    expect(cutText({ ...next.node.cut(), ...Object.fromEntries(calls.map(({ at }) => [at, 0])) })).toBe('')
    await next.node.close()
  })

  it('are ended by another that shares the database, and only once their own has been silent for half a minute', async () => {
    const [clock, deadClock] = [createManualClock(), createManualClock()]
    const living = processOf(clock)
    const dead = processOf(deadClock)
    await living.node.begin()
    await dead.node.begin()
    const [theirs, ours] = [await dead.takesACall(), await living.takesACall()]
    const turns = async (count: number) => {
      for (let turn = 0; turn < count; turn++) {
        await clock.advance(10_000)
        // A turn asks the database.
        await database.ping()
      }
    }
    await turns(2)
    expect(await stateOf(theirs)).toBe('answered')
    await turns(3)
    await expect.poll(() => stateOf(theirs), patience).toBe('ended')
    expect(await stateOf(ours)).toBe('answered')
    await living.node.close()
    await dead.node.close()
  })
})

it('knows who waited for a person and was cut off or gave up, when another process goes on', async () => {
  const clock = createManualClock()
  const dead = processOf(clock)
  const alive = processOf(clock)
  await dead.node.begin()
  const rang = async (caller: string, ...facts: readonly CallFact[]) => {
    const call = newId('call')
    dead.journal.write(call, { kind: 'invited', line: 'sip', direction: 'in', caller, called: '12345' })
    for (const fact of facts) dead.journal.write(call, fact)
    await dead.journal.flush()
    return clock.now()
  }
  const queued: CallFact = { kind: 'queued', place: 1 }
  const left = (reason: string): CallFact => ({ kind: 'left-queue', reason })
  const hungUp: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }
  const waitsMs = await rang('13800138000', queued)
  await rang('13800138001', { ...queued, sinceMs: 5 }, { kind: 'offered', seat: 's1' })
  await rang('13800138002', queued, left('abandoned'), hungUp)
  await rang('', queued)
  await rang('13800138003', queued, left('left'), hungUp)
  await rang('13800138004', queued, { kind: 'connected', seat: 's1', seatCall: newId('call') })
  await rang('13800138005')
  const said = newId('call')
  const unproved = { caller: '13800138006', isProved: false as const }
  dead.journal.write(said, { kind: 'invited', line: 'sip', direction: 'in', called: '12345', ...unproved })
  dead.journal.write(said, queued)
  await dead.journal.flush()

  const fromMs = clock.now() - 600_000
  const lost = await createCallRecords({ database, journal: alive.journal }).lostInQueue(
    alive.node.id,
    fromMs,
  )
  expect(lost.map(({ number, sinceMs }) => [number, Math.round(sinceMs)]).toSorted()).toEqual([
    ['13800138000', waitsMs],
    ['13800138001', 5],
    ['13800138002', waitsMs],
  ])
  const own = createCallRecords({ database, journal: dead.journal })
  expect(await own.lostInQueue(dead.node.id, fromMs)).toEqual([])
  expect(await own.lostInQueue(alive.node.id, clock.now() + 60_000)).toEqual([])
  await dead.node.close()
  await alive.node.close()
})
