import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock, Fault, newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import {
  type CallFact,
  callMigrations,
  createJournal,
  findCall,
  listCalls,
  summarize,
  timelineOf,
} from '../../src/telephony/index.ts'

const opened: Database[] = []
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
})

async function open(): Promise<Database> {
  const database = await openDatabase({ clock: systemClock, log: silentLog })
  opened.push(database)
  await migrate(database, callMigrations)
  return database
}

const invited: CallFact = {
  kind: 'invited',
  line: 'sip',
  direction: 'in',
  caller: '+8613800138000',
  called: '12345',
}
const ended: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }

/** A database that is there or away as told, and counts its transactions. */
function moody(database: Database) {
  const state = { away: false, transactions: 0 }
  const away = () =>
    Promise.reject(new Fault({ code: 'database-away', place: 'database', found: 'none', expected: 'one' }))
  const transaction: Database['transaction'] = (work, deadlineMs) => {
    state.transactions++
    return state.away ? away() : database.transaction(work, deadlineMs)
  }
  return { state, database: { ...database, transaction } satisfies Database }
}

describe('the journal', () => {
  it('reads what an earlier version wrote of the queue, which it called a line', async () => {
    const database = await open()
    const journal = createJournal({ database, clock: createManualClock(), log: silentLog })
    const call = newId('call')
    journal.write(call, invited)
    journal.write(call, { kind: 'left-queue', reason: 'abandoned' })
    await journal.close()
    await database.execute(
      sql`update call_facts set fact = jsonb_set(fact, '{kind}', '"left-line"') where fact->>'kind' = 'left-queue'`,
    )
    const { facts = [] } = (await findCall(database, call)) ?? {}
    expect(facts.map(({ fact }) => fact)).toContainEqual({ kind: 'left-queue', reason: 'abandoned' })
  })

  it('writes what happened to a call, in order, and reads it back as a row and a timeline', async () => {
    const database = await open()
    const clock = createManualClock()
    const journal = createJournal({ database, clock, log: silentLog })
    const call = newId('call')
    journal.write(call, invited)
    journal.write(call, { kind: 'answered', codec: 'PCMA' })
    await clock.advance(2_000)
    journal.write(call, { kind: 'key', key: '0', source: 'rtp-event' })
    await clock.advance(500)
    journal.write(call, ended)
    await journal.close()

    const found = await findCall(database, call)
    expect(found?.call).toMatchObject({
      id: call,
      state: 'ended',
      caller: '+8613800138000',
      endReason: 'hung-up',
    })
    expect(timelineOf(found?.facts ?? [], 'en')).toEqual([
      '00:00.000  call in: +8613800138000 to 12345 (line sip)',
      '00:00.000  answered (PCMA)',
      '00:02.000  key 0 (rtp-event)',
      '00:02.500  ended by the other end: hung up',
    ])
    expect(timelineOf(found?.facts ?? [], 'zh-CN')[2]).toBe('00:02.000  按键 0(rtp-event)')
    expect(summarize(found?.facts ?? [])).toMatchObject({ durationMs: 2_500, end: { by: 'them' } })
    expect(await findCall(database, 'call_none')).toBeUndefined()
  })

  it('lists calls newest first, page by page, by state', async () => {
    const database = await open()
    const clock = createManualClock()
    const journal = createJournal({ database, clock, log: silentLog })
    const calls = Array.from({ length: 5 }, (_, index) => newId('call', clock.now() + index))
    for (const call of calls) journal.write(call, invited)
    journal.write(calls[1]!, { kind: 'answered' })
    journal.write(calls[3]!, ended)
    await journal.flush()
    const ids = async (page: Parameters<typeof listCalls>[1]) =>
      (await listCalls(database, page)).map(row => row.id)
    expect(await ids({ limit: 2 })).toEqual([calls[4], calls[3]])
    expect(await ids({ limit: 2, before: calls[3] })).toEqual([calls[2], calls[1]])
    expect(await ids({ limit: 9, state: 'ringing' })).toEqual([calls[4], calls[2], calls[0]])
    expect(await ids({ limit: 9, state: 'answered' })).toEqual([calls[1]])
    expect(await ids({ limit: 9, state: 'ended' })).toEqual([calls[3]])
  })

  it('keeps facts while the database is away, gathers them, and writes them when it is back', async () => {
    const { state, database } = moody(await open())
    const clock = createManualClock()
    const journal = createJournal({ database, clock, log: silentLog, mostWaiting: 3 })
    state.away = true
    const call = newId('call')
    journal.write(call, invited)
    await clock.advance(100)
    for (const key of ['1', '2', '3'] as const) journal.write(call, { kind: 'key', key, source: 'info' })
    expect([journal.waiting(), journal.dropped(), state.transactions]).toEqual([3, 1, 1])
    state.away = false
    await clock.advance(1_000)
    await journal.flush()
    expect([journal.waiting(), state.transactions]).toEqual([0, 2])
    const kinds = (await findCall(database, call))?.facts.map(({ fact }) => fact.kind)
    expect(kinds).toEqual(['invited', 'key', 'key'])
    await journal.close()
    expect(clock.pending()).toBe(0)
  })

  it('loses only the fact that no table takes', async () => {
    const database = await open()
    const clock = createManualClock()
    const journal = createJournal({ database, clock, log: silentLog })
    const call = newId('call')
    journal.write(call, invited)
    // Of what callers name the byte is lost, as it may stand in their Call-ID; of a name of ours the fact.
    const names = {
      callId: 'a\0b',
      uri: 'sip:a@127.0.0.1',
      from: '<sip:a@127.0.0.1>;tag=\ud800',
      to: '<sip:12345@city>',
    }
    journal.write(call, { kind: 'answered', codec: 'PCMA', dialog: names })
    const odd = { kind: 'prompt', text: 'a zero byte', durationMs: 1, 'in a name\0': true } as const
    journal.write(call, odd)
    journal.write(call, ended)
    await journal.close()
    expect(journal.dropped()).toBe(1)
    const facts = (await findCall(database, call))?.facts.map(({ fact }) => fact) ?? []
    expect(facts.map(({ kind }) => kind)).toEqual(['invited', 'answered', 'ended'])
    expect(facts[1]).toMatchObject({ dialog: { callId: 'ab', from: '<sip:a@127.0.0.1>;tag=' } })
  })
})
