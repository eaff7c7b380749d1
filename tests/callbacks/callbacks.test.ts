/** Callbacks as they are kept: on PGlite and on PostgreSQL. */
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { wavHeader } from '../../src/media/index.ts'
import { type Database, openDatabase, sql } from '../../src/storage/index.ts'
import type { CallFact } from '../../src/telephony/index.ts'
import { lacksPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts'
import { agent, makeTables, openRoom, supervisor } from './house.ts'

const shared = { clock: systemClock, log: silentLog }
let server: PostgresServer | undefined
const engines = [
  { name: 'PGlite', skip: false, open: () => openDatabase(shared) },
  {
    name: 'PostgreSQL',
    skip: lacksPostgres,
    async open() {
      server = await startPostgres()
      return openDatabase({ url: server.url, ...shared })
    },
  },
]

const wang = '+8613800138000'
const li = '+8613900139000'
const minuteMs = 60_000
const queued: CallFact = { kind: 'queued', place: 1 }
const greeted: CallFact = { kind: 'flow', flow: 'hotline', state: 'greeting', language: 'zh-CN' }
const connected: CallFact = { kind: 'connected', seat: 's1', seatCall: 'call_1' as never }
const hungUp: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }
const promised = (number: string, message?: string): CallFact => ({
  kind: 'promised',
  number,
  message,
})

describe.each(engines)('callbacks on $name', ({ skip, open }) => {
  let database: Database
  let room: Awaited<ReturnType<typeof openRoom>>
  beforeAll(async () => {
    if (skip) return
    database = await open()
    await makeTables(database)
  })
  afterAll(async () => {
    if (skip) return
    await database.close()
    await server?.remove()
  })
  beforeEach(async () => {
    if (!skip) room = await openRoom(database)
  })
  afterEach(async () => {
    if (!skip) await room.close()
  })
  const gaveUp = (caller: string | { readonly says: string }) => room.rings(caller, [1, queued], [30, hungUp])

  it.skipIf(skip)('are owed to whoever gave up, once a caller, in the order of the INVITE', async () => {
    const startMs = room.clock.now()
    await gaveUp(wang)
    await gaveUp(li)
    await gaveUp(wang)
    const owed = await room.owed()
    expect(owed.map(({ number }) => number)).toEqual([wang, li])
    expect(owed[0]).toMatchObject({
      state: 'open',
      invitedAtMs: startMs,
      owedAtMs: startMs + 30_000,
      dueAtMs: startMs + 30_000 + 30 * minuteMs,
      light: 'green',
      reasons: ['gave-up'],
      ringing: { by: 'anyone', because: 'rang-us' },
      triesLeft: 3,
      called: '12345',
    })
    expect(owed[0]?.losses).toHaveLength(2)
  })

  it.skipIf(skip)('keep the order of INVITEs that came in one millisecond, page by page', async () => {
    const invite = (caller: string) => {
      const call = newId('call', room.clock.now())
      room.journal.write(call, { kind: 'invited', line: 'sip', direction: 'in', called: '12345', caller })
      return call
    }
    const numbers = Array.from({ length: 6 }, (_, index) => `+861380013800${index}`)
    const calls = numbers.map(invite)
    // Whoever rang last is lost first.
    for (const [index, call] of [...calls.entries()].toReversed())
      room.journal.write(call, promised(numbers[index] ?? ''))
    await room.journal.flush()
    const found: string[] = []
    for (let after: string | undefined, pages = 0; pages < 3; pages++) {
      const page = await room.callbacks.list({ limit: 2, after })
      found.push(...page.callbacks.map(({ number }) => number))
      after = page.next
    }
    expect(found).toEqual(numbers)
  })

  it.skipIf(skip)('come once of facts that are read twice', async () => {
    const call = await gaveUp(wang)
    const entries = [{ call, atUs: 1, fact: hungUp }]
    await database.transaction(tx => room.callbacks.owe(tx, entries))
    expect(await room.owed()).toHaveLength(1)
    const { id } = await room.only()
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await room.callbacks.act(id, { do: 'end', result: 'served' }, agent('赵'))
    await database.transaction(tx => room.callbacks.owe(tx, entries))
    expect(await room.owed()).toEqual([])
    expect(await room.closed()).toHaveLength(1)
  })

  it.skipIf(skip)(
    'cost no fact where they cannot be written: the fact stays, it is said, and it is tried again',
    async () => {
      await database.execute(
        sql.raw(`alter table callbacks add constraint unlucky check (called <> '12345')`),
      )
      const call = await gaveUp(wang)
      await room.rings(li, [1, queued], [5, connected], [90, hungUp])
      expect(room.journal.figures()).toMatchObject({ refused: 0, lost: 0, waiting: 0 })
      const kinds = await database.query(
        sql`select fact->>'kind' as kind from call_facts where call_id = ${call} order by at_us`,
        z.object({ kind: z.string() }),
      )
      expect(kinds.map(({ kind }) => kind)).toEqual(['invited', 'queued', 'ended'])
      expect(room.callbacks.health()).toMatchObject([{ part: 'callbacks', up: false }])
      expect(await room.owed()).toEqual([])
      await room.passes(2 * minuteMs)
      expect(await room.owed()).toEqual([])
      await database.execute(sql.raw('alter table callbacks drop constraint unlucky'))
      // The database works in its own time, whatever the clock says.
      const owed = async () => {
        await room.passes(10 * minuteMs)
        return (await room.owed()).map(({ number }) => number)
      }
      await expect.poll(owed, { timeout: 10_000 }).toEqual([wang])
      // A read that was in hand while the clock jumped is late and read again: health is up after the last of them.
      const health = async () => {
        await room.passes(10 * minuteMs)
        return room.callbacks.health()
      }
      await expect.poll(health).toMatchObject([{ up: true }])
      const read = room.callbacks.figures.find(({ name }) => name === 'jieting_callbacks_unread_total')
      expect(read?.read()).toBeGreaterThan(1)
    },
  )

  it.skipIf(skip)('are not owed to whoever hung up within ten seconds, or was served', async () => {
    await room.rings(wang, [1, queued], [8, hungUp])
    await room.rings(li, [1, queued], [9, connected], [200, hungUp])
    expect(await room.owed()).toEqual([])
  })

  it.skipIf(skip)('are promised with the number and the message before the call is over', async () => {
    const path = await room.leaves('call_9')
    await room.rings(wang, [5, promised('13800138000', path)])
    expect(await room.only()).toMatchObject({
      number: wang,
      reasons: ['message'],
      ringing: { by: 'anyone' },
      losses: [{ hasMessage: true }],
    })
  })

  it.skipIf(skip)('are rung by a person and twice at most at a number that was keyed in', async () => {
    await room.rings('', [5, promised('13900139000')])
    const { id, ringing, number, triesLeft } = await room.only()
    expect({ number, ringing, triesLeft }).toEqual({
      number: li,
      ringing: { by: 'person', because: 'keyed' },
      triesLeft: 2,
    })
    for (const end of [undefined, 'gave-up']) {
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
      expect(await room.callbacks.act(id, { do: 'end', result: 'nobody' }, agent('赵'))).toMatchObject({
        end,
      })
      await room.passes(2 * 60 * minuteMs)
    }
  })

  it.skipIf(skip)(
    'are rung by a person and twice at most, without a text, at a number that nobody vouches for',
    async () => {
      await gaveUp({ says: wang })
      const { id, ringing, triesLeft } = await room.only()
      expect({ ringing, triesLeft }).toEqual({ ringing: { by: 'person', because: 'unproved' }, triesLeft: 2 })
      for (const end of [undefined, 'gave-up']) {
        await room.callbacks.act(id, { do: 'take' }, agent('赵'))
        await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
        expect(await room.callbacks.act(id, { do: 'end', result: 'nobody' }, agent('赵'))).toMatchObject({
          end,
        })
        await room.passes(2 * 60 * minuteMs)
      }
      expect(room.texts).toEqual([])
    },
  )

  it.skipIf(skip)('are theirs to end who prove to have the number, and nobody else’s', async () => {
    await gaveUp({ says: li })
    await gaveUp(wang)
    await room.rings({ says: wang }, [1, queued], [5, connected], [90, hungUp])
    expect((await room.owed()).map(({ number }) => number)).toEqual([li, wang])
    // A later call can vouch for what an earlier one only said, and never the other way.
    await gaveUp(li)
    await gaveUp({ says: wang })
    expect((await room.owed()).map(({ ringing }) => ringing.because)).toEqual(['rang-us', 'rang-us'])
    await room.rings(li, [1, queued], [5, connected], [90, hungUp])
    expect((await room.owed()).map(({ number }) => number)).toEqual([wang])
  })

  it.skipIf(skip)('stay with the number that rang, where another is keyed that cannot be one', async () => {
    await room.rings(wang, [5, promised('1390013900')])
    expect(await room.only()).toMatchObject({ number: wang, ringing: { by: 'anyone', because: 'rang-us' } })
  })

  it.skipIf(skip)('keep a number with a digit missing, and say that nobody can be rung there', async () => {
    await room.rings('', [5, promised('1390013900')])
    const one = await room.only()
    expect(one).toMatchObject({ number: '1390013900', ringing: { by: 'nobody', because: 'incomplete' } })
    await room.callbacks.act(one.id, { do: 'take' }, agent('赵'))
    await expect(room.callbacks.act(one.id, { do: 'ring' }, agent('赵'))).rejects.toMatchObject({
      code: 'callback-not-to-be-rung',
      found: 'incomplete',
    })
  })

  it.skipIf(skip)('ring no name that a switchboard shows in the place of a number', async () => {
    await gaveUp('=1+1')
    expect(await room.only()).toMatchObject({
      number: '=1+1',
      ringing: { by: 'nobody', because: 'incomplete' },
    })
  })

  it.skipIf(skip)('keep a message without a number, for somebody to hear', async () => {
    const path = await room.leaves('call_8')
    await room.rings('', [5, { kind: 'recording', path }], [20, hungUp])
    expect(await room.only()).toMatchObject({
      number: '',
      ringing: { by: 'nobody', because: 'withheld' },
      losses: [{ hasMessage: true }],
    })
  })

  it.skipIf(skip)(
    'are owed to the number that somebody keyed, wherever they hung up after that',
    async () => {
      const gave: CallFact = { kind: 'gave-number', number: '13900139000' }
      const path = await room.leaves('call_9')
      await room.rings('', [5, gave], [9, { kind: 'recording', path }], [20, hungUp])
      expect(await room.only()).toMatchObject({
        number: '+8613900139000',
        reasons: ['message'],
        ringing: { by: 'person', because: 'keyed' },
        losses: [{ hasMessage: true }],
      })
    },
  )

  it.skipIf(skip)(
    'are shown where digits are missing, and ringable where the area code completes them',
    async () => {
      const gave = (number: string): CallFact => ({ kind: 'gave-number', number })
      // They hung up with the ninth digit, before the next word.
      await room.rings('', [9, hungUp], [9, gave('139123456')])
      expect(await room.only()).toMatchObject({
        number: '139123456',
        reasons: ['asked'],
        ringing: { by: 'nobody', because: 'incomplete' },
      })
      await room.rings('', [5, gave('64391234')], [9, hungUp])
      const owed = await room.owed()
      expect(owed.map(({ number, ringing }) => [number, ringing.by])).toContainEqual([
        '+861064391234',
        'person',
      ])
    },
  )

  it.skipIf(skip)(
    'have hours in which a person looks for a number that is none, and break no promise meanwhile',
    async () => {
      await room.rings('', [5, { kind: 'gave-number', number: '139123456' }], [9, hungUp])
      const path = await room.leaves('call_7')
      await room.rings('', [5, { kind: 'recording', path }], [20, hungUp])
      await room.clock.advance(60 * minuteMs)
      expect((await room.owed()).map(({ light }) => light)).toEqual(['green', 'green'])
      await room.clock.advance(8 * 60 * minuteMs)
      expect((await room.owed()).map(({ light }) => light)).toEqual(['red', 'red'])
      expect(await room.callbacks.counts()).toMatchObject({ owed: 2, toFind: 2, late: 0, made: 0, missed: 0 })
    },
  )

  it.skipIf(skip)('are not rung again before their time, nor used up by tries within a minute', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    const act = (command: Parameters<typeof room.callbacks.act>[1]) =>
      room.callbacks.act(id, command, agent('赵'))
    await act({ do: 'take' })
    await act({ do: 'ring' })
    const { triesLeft } = await act({ do: 'end', result: 'nobody' })
    await act({ do: 'take' })
    const early = { code: 'callback-too-early' }
    await expect(act({ do: 'ring' })).rejects.toMatchObject(early)
    await expect(act({ do: 'end', result: 'nobody' })).rejects.toMatchObject(early)
    expect(await room.only()).toMatchObject({ state: 'taken', triesLeft })
    // Whoever has them on a telephone of their own may say so.
    expect(await act({ do: 'end', result: 'served' })).toMatchObject({ end: 'served' })
  })

  it.skipIf(skip)(
    'are due at once of whoever was not reached, rang us again and was not served',
    async () => {
      await gaveUp(wang)
      const { id } = await room.only()
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
      const { notBeforeMs = 0 } = await room.callbacks.act(id, { do: 'end', result: 'nobody' }, agent('赵'))
      expect(notBeforeMs).toBeGreaterThan(room.clock.now() + 30 * minuteMs)
      await gaveUp(wang)
      const again = await room.only()
      expect(again).toMatchObject({ id, notBeforeMs: undefined, light: 'green', triesLeft: 2 })
      expect(again.dueAtMs).toBeLessThanOrEqual(room.clock.now() + 30 * minuteMs)
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      expect(await room.callbacks.act(id, { do: 'ring' }, agent('赵'))).toMatchObject({ state: 'ringing' })
    },
  )

  it.skipIf(skip)('are not closed by an order that is not there', async () => {
    room.callbacks.heed({
      'opted-out': async () => false,
      'no-contact': async () => false,
      confidential: async () => false,
      hasOrder: async number => number === '2601050000127',
    })
    await gaveUp(wang)
    const { id } = await room.only()
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    const made = (order: string) =>
      room.callbacks.act(id, { do: 'end', result: 'order-made', order }, agent('赵'))
    await expect(made('2601050000128')).rejects.toMatchObject({
      code: 'callback-order-missing',
      found: '2601050000128',
    })
    expect(await made('2601050000127')).toMatchObject({ state: 'closed', order: '2601050000127' })
  })

  it.skipIf(skip)('say that a number wants no calls, and keep the row', async () => {
    room.callbacks.heed({
      'opted-out': async (_, number) => number === wang,
      'no-contact': async () => false,
      confidential: async () => false,
    })
    await gaveUp(wang)
    await gaveUp(li)
    expect((await room.owed()).map(({ ringing }) => ringing)).toEqual([
      { by: 'nobody', because: 'opted-out' },
      { by: 'anyone', because: 'rang-us' },
    ])
  })

  it.skipIf(skip)(
    'are a person’s at once, and cost no try, where the city rings no such number',
    async () => {
      const abroad = '+85291234567'
      await room.close()
      room = await openRoom(database, {}, {}, number => number !== abroad)
      const isLeft = { ringing: { by: 'nobody', because: 'out-of-reach' }, tries: [], triesLeft: 3 }
      await room.rings(abroad, [5, promised(abroad)], [20, hungUp])
      const { id } = await room.only()
      // Whatever they asked for, and whoever is led by the hotline.
      expect(await room.only()).toMatchObject({ state: 'open', reasons: ['asked'], ...isLeft })
      expect(await room.callbacks.lead(id, 's1')).toBeUndefined()
      expect(await room.callbacks.dueNow({ number: abroad, isOurs: true, isBusy: false })).toBeUndefined()
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await expect(room.callbacks.act(id, { do: 'ring' }, agent('赵'))).rejects.toMatchObject({
        code: 'callback-not-to-be-rung',
      })
      expect(await room.only()).toMatchObject({ state: 'taken', ...isLeft })
      await room.callbacks.act(id, { do: 'give-back' }, agent('赵'))
      // Another start, whose settings name that country.
      const later = await openRoom(database)
      await expect.poll(async () => (await room.only()).ringing.by).toBe('anyone')
      await later.callbacks.close()
      // And another number that they give is judged by itself.
      await room.rings(abroad, [5, promised(abroad)], [15, promised(wang)], [20, hungUp])
      expect(await room.only()).toMatchObject({ number: wang, ringing: { by: 'person', because: 'keyed' } })
    },
  )

  it.skipIf(skip)('are not rung by hand once they opted out since', async () => {
    const unwilling = new Set<string>()
    room.callbacks.heed({
      'opted-out': async (_, number) => unwilling.has(number),
      'no-contact': async () => false,
      confidential: async () => false,
    })
    await gaveUp(wang)
    const { id } = await room.only()
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    unwilling.add(wang)
    await expect(room.callbacks.act(id, { do: 'ring' }, agent('赵'))).rejects.toMatchObject({
      code: 'callback-not-to-be-rung',
    })
    expect(await room.only()).toMatchObject({
      state: 'taken',
      ringing: { by: 'nobody', because: 'opted-out' },
      tries: [],
    })
  })

  it.skipIf(skip)(
    'are shown as nobody’s to ring as soon as an order of theirs says so, with why',
    async () => {
      await gaveUp(wang)
      const ordered = (contact: string) =>
        database.transaction(tx => room.callbacks.ordered(tx, { numbers: ['', wang], contact }))
      const ringing = async () => (await room.only()).ringing
      await ordered('sms')
      expect(await ringing()).toEqual({ by: 'nobody', because: 'confidential' })
      await ordered('none')
      expect(await ringing()).toEqual({ by: 'nobody', because: 'no-contact' })
      await ordered('voice')
      expect(await ringing()).toEqual({ by: 'anyone', because: 'rang-us' })
    },
  )

  it.skipIf(skip)('are shown as nobody’s to ring as soon as they opted out', async () => {
    const unwilling = new Set<string>()
    room.callbacks.heed({
      'opted-out': async (_, number) => unwilling.has(number),
      'no-contact': async () => false,
      confidential: async () => false,
    })
    await gaveUp(wang)
    const ringing = async () => (await room.only()).ringing
    expect(await ringing()).toMatchObject({ by: 'anyone' })
    unwilling.add(wang)
    await database.transaction(tx => room.callbacks.reconsider(tx, wang))
    expect(await ringing()).toEqual({ by: 'nobody', because: 'opted-out' })
  })

  it.skipIf(skip)('go over to the number that they give instead', async () => {
    await room.rings(wang, [5, promised('13800138000')], [15, promised('13900139000')], [20, hungUp])
    expect(await room.only()).toMatchObject({
      number: li,
      ringing: { by: 'person' },
      losses: [{ reason: 'asked' }],
    })
  })

  it.skipIf(skip)('become one with what the other number is owed already', async () => {
    await gaveUp(li)
    await room.rings(wang, [5, promised('13800138000')], [15, promised('13900139000')], [20, hungUp])
    const one = await room.only()
    expect(one.number).toBe(li)
    expect(one.reasons.toSorted()).toEqual(['asked', 'gave-up'])
  })

  it.skipIf(skip)('are taken by one: the second is told who has it', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    const taken = await Promise.allSettled(
      ['赵', '钱'].map(person => room.callbacks.act(id, { do: 'take' }, agent(person))),
    )
    const refused = taken.filter(one => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    const { takenBy } = await room.only()
    expect(refused[0]?.reason).toMatchObject({ code: 'callback-taken', found: `one that ${takenBy} has` })
    const other = takenBy === '赵' ? '钱' : '赵'
    await expect(room.callbacks.act(id, { do: 'give-back' }, agent(other))).rejects.toMatchObject({
      code: 'callback-taken',
    })
    expect(await room.callbacks.act(id, { do: 'give-back' }, supervisor)).toMatchObject({ state: 'open' })
  })

  it.skipIf(skip)(
    'come back to all when whoever took one does nothing for a quarter of an hour',
    async () => {
      await gaveUp(wang)
      const { id } = await room.only()
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await room.passes(14 * minuteMs)
      expect((await room.only()).state).toBe('taken')
      await room.passes(minuteMs)
      expect((await room.only()).state).toBe('open')
    },
  )

  it.skipIf(skip)('come back at their place when nothing more is heard of whoever rings', async () => {
    const startMs = room.clock.now()
    await gaveUp(wang)
    await gaveUp(li)
    const [{ id = '' } = {}] = await room.owed()
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
    await room.passes(minuteMs)
    expect((await room.owed())[0]).toMatchObject({ state: 'ringing' })
    await room.passes(minuteMs)
    await expect.poll(async () => (await room.owed())[0]?.state).toBe('open')
    const [first] = await room.owed()
    expect(first).toMatchObject({ id, state: 'open', invitedAtMs: startMs, takenBy: undefined, triesLeft: 2 })
    expect((await room.callbacks.list({ due: true, limit: 9 })).callbacks[0]?.id).toBe(id)
  })

  it.skipIf(skip)('count no try of a trunk that failed, and say why', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
    const after = await room.callbacks.act(id, { do: 'not-rung', why: 'trunk-failed' }, agent('赵'))
    expect(after).toMatchObject({ state: 'open', tries: [], triesLeft: 3, notBeforeMs: undefined })
    expect((await room.callbacks.show(id)).events.at(-1)).toMatchObject({
      kind: 'not-rung',
      note: 'trunk-failed',
    })
  })

  it.skipIf(skip)('wait for their next time where nobody answered and nobody says so', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
    const { notBeforeMs = 0 } = await room.callbacks.act(id, { do: 'unanswered' }, agent('赵'))
    expect(notBeforeMs).toBe(room.clock.now() + 60 * minuteMs)
    await room.passes(15 * minuteMs)
    expect(await room.only()).toMatchObject({ state: 'open', notBeforeMs, triesLeft: 2 })
    expect((await room.callbacks.list({ due: true, limit: 9 })).callbacks).toEqual([])
  })

  const calledBack = (callback: string): CallFact => ({ kind: 'called-back', seat: '赵', callback })
  const outTo = (called: string): CallFact => ({
    kind: 'invited',
    line: 'sip',
    direction: 'out',
    caller: '12345',
    called,
  })
  /** Rung, and they talk: an hour, if they like. */
  async function talks(id: string) {
    const call = newId('call', room.clock.now())
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
    room.journal.write(call, outTo(wang))
    await room.clock.advance(5_000)
    room.journal.write(call, calledBack(id))
    room.journal.write(call, connected)
    await room.journal.flush()
    await room.passes(60 * minuteMs)
    return call
  }

  it.skipIf(skip)(
    'are whose who talks to them, however long; then what came of it is to be said',
    async () => {
      await gaveUp(wang)
      const { id } = await room.only()
      const call = await talks(id)
      expect(await room.only()).toMatchObject({ state: 'talking', takenBy: '赵' })
      room.journal.write(call, hungUp)
      await room.journal.flush()
      await room.passes(14 * minuteMs)
      expect(await room.only()).toMatchObject({ state: 'talking', takenBy: '赵' })
      await room.passes(2 * minuteMs)
      // A claim that fails is made again at the next look.
      const later = async () => {
        await room.passes(minuteMs)
        return room.only()
      }
      await expect.poll(later, { timeout: 10_000 }).toMatchObject({ state: 'open', triesLeft: 2 })
    },
  )

  it.skipIf(skip)('are open again at once when the process dies within the talk', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    await talks(id)
    await room.next.begin()
    expect(await room.only()).toMatchObject({ state: 'open', takenBy: undefined })
  })

  it.skipIf(skip)('are whose they were handed on to, who says what came of it', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    const call = await talks(id)
    room.journal.write(call, { kind: 'called-back', seat: '钱', callback: id })
    room.journal.write(call, hungUp)
    await room.journal.flush()
    expect(await room.only()).toMatchObject({ state: 'talking', takenBy: '钱' })
    await room.callbacks.act(id, { do: 'end', result: 'served' }, agent('钱'))
    expect(await room.owed()).toEqual([])
  })

  /** The numbers of those that stand where the hotline leads them, once that is known. */
  function leads(isHere = () => true) {
    const told: (readonly string[])[] = []
    const leading = room.callbacks.leadAt({
      isHere,
      perMs: () => 0,
      put: async owed => void told.push(owed.map(({ number }) => number)),
    })
    return {
      leading,
      stand: async () => {
        await room.clock.advance(500)
        return told.at(-1)
      },
    }
  }

  it.skipIf(skip)(
    'stand to be led by the hotline where the number rang us and they want it, in the order of the INVITE',
    async () => {
      const out = '+8613700137000'
      const held = '+8613600136000'
      const unwilling = new Set<string>([out])
      room.callbacks.heed({
        'opted-out': async (_, number) => unwilling.has(number),
        'no-contact': async () => false,
        confidential: async (_, number) => number === held,
      })
      await gaveUp(wang)
      await room.rings('', [5, promised('13500135000')])
      await gaveUp({ says: '+8613400134000' })
      await gaveUp(out)
      // Whoever wants no calls and asks for this one is rung by a person.
      await room.rings(out, [5, promised('13700137000')])
      await gaveUp(held)
      await room.rings(held, [5, promised('13600136000')])
      await gaveUp(li)
      const asked = (await room.owed()).filter(({ number }) => number === out || number === held)
      expect(asked.map(({ ringing }) => ringing)).toEqual([
        { by: 'person', because: 'opted-out' },
        { by: 'person', because: 'confidential' },
      ])
      const { leading, stand } = leads()
      await expect.poll(stand).toEqual([wang, li])
      const [first, last] = (await room.owed()).filter(({ number }) => number === wang || number === li)
      expect(await room.callbacks.lead(first?.id ?? '', 's1')).toMatchObject({
        state: 'taken',
        takenBy: 's1',
      })
      await expect.poll(stand).toEqual([li])
      expect(await room.callbacks.lead(first?.id ?? '', 's2')).toBeUndefined()
      await room.callbacks.act(first?.id ?? '', { do: 'let-go', why: 'no-answer' }, agent('s1'))
      await expect.poll(stand).toEqual([wang, li])
      // They say meanwhile that they want no calls.
      unwilling.add(li)
      expect(await room.callbacks.lead(last?.id ?? '', 's1')).toBeUndefined()
      await expect.poll(stand).toEqual([wang])
      expect((await room.callbacks.show(last?.id ?? '')).callback.ringing.because).toBe('opted-out')
      leading.rest(first?.id as never)
      leading.changed()
      await expect.poll(stand).toEqual([])
      await room.clock.advance(60_000)
      await expect.poll(stand).toEqual([wang])
      await leading.close()
      expect(await stand()).toEqual([])
      const elsewhere = leads(() => false)
      await expect.poll(elsewhere.stand).toEqual([])
      await elsewhere.leading.close()
    },
  )

  it.skipIf(skip)('are led again by the rules, and never once they talked with us', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    const days: string[] = []
    for (const end of [undefined, undefined, 'gave-up']) {
      const { leading, stand } = leads()
      await expect.poll(stand).toEqual([wang])
      await room.callbacks.lead(id, 's1')
      await room.callbacks.act(id, { do: 'ring' }, agent('s1'))
      days.push(new Date(room.clock.now()).toISOString().slice(0, 10))
      const after = await room.callbacks.act(id, { do: 'end', result: 'nobody' }, agent('s1'))
      expect(after.end).toBe(end)
      await expect.poll(stand).toEqual([])
      await leading.close()
      if (after.notBeforeMs !== undefined) await room.passes(after.notBeforeMs - room.clock.now())
    }
    expect(days).toEqual(['2026-01-05', '2026-01-05', '2026-01-06'])
    await gaveUp(li)
    const other = await room.only()
    const before = leads()
    await expect.poll(before.stand).toEqual([li])
    await before.leading.close()
    const call = newId('call', room.clock.now())
    await room.callbacks.lead(other.id, '赵')
    await room.callbacks.act(other.id, { do: 'ring' }, agent('赵'))
    room.journal.write(call, outTo(li))
    room.journal.write(call, calledBack(other.id))
    room.journal.write(call, connected)
    room.journal.write(call, { kind: 'ended', by: 'failure', reason: 'media-timeout' })
    await room.journal.flush()
    await room.passes(2 * 60 * minuteMs)
    const ringing = { by: 'person', because: 'talked' }
    expect(await room.only()).toMatchObject({ state: 'open', number: li, ringing })
    const { leading, stand } = leads()
    await expect.poll(stand).toEqual([])
    // They ring again, and are not served.
    await gaveUp(li)
    await expect.poll(stand).toEqual([li])
    await leading.close()
  })

  it.skipIf(skip)('are led again where they came to the telephone and no agent was free', async () => {
    const by = agent('赵')
    for (const isToldByDesk of [false, true]) {
      await gaveUp(wang)
      const { id } = await room.only()
      const call = newId('call', room.clock.now())
      await room.callbacks.lead(id, '赵')
      await room.callbacks.act(id, { do: 'ring' }, by)
      room.journal.write(call, outTo(wang))
      room.journal.write(call, calledBack(id))
      await room.journal.flush()
      if (isToldByDesk) await room.callbacks.act(id, { do: 'let-go', why: 'seat-unreachable' }, by)
      room.journal.write(call, hungUp)
      await room.journal.flush()
      expect(await room.only()).toMatchObject({ state: 'open', ringing: { by: 'anyone' } })
      await room.passes(61 * minuteMs)
      const { leading, stand } = leads()
      await expect.poll(stand).toEqual([wang])
      await leading.close()
      await room.callbacks.lead(id, '赵')
      await room.callbacks.act(id, { do: 'end', result: 'served' }, by)
    }
  })

  it.skipIf(skip)('turn yellow and red, and the centre is told once', async () => {
    await room.close()
    room = await openRoom(database, { warned: ['13700000001'] })
    await gaveUp(wang)
    await room.passes(23 * minuteMs)
    expect((await room.only()).light).toBe('yellow')
    await room.passes(8 * minuteMs)
    expect((await room.only()).light).toBe('red')
    await room.passes(60 * minuteMs)
    // A text is sent at least once; all tries of it share an id, by which the gateway knows it.
    const sent = [...new Map(room.texts.map(text => [text.id, text])).values()]
    expect(sent.map(({ to }) => to)).toEqual(['13700000001'])
    expect(room.texts[0]?.text).toContain('10:00')
    expect(room.texts[0]?.text).not.toContain('138')
    const { events } = await room.callbacks.show((await room.only()).id)
    expect(events.map(({ kind, note }) => [kind, note])).toEqual([
      ['owed', 'gave-up'],
      ['warned', 'yellow'],
      ['warned', 'red'],
    ])
  })

  it.skipIf(skip)('are given up after three tries on two days, with a text that says so', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    const days: (string | undefined)[] = []
    for (let tries = 0; tries < 3; tries++) {
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
      days.push(new Date(room.clock.now()).toISOString().slice(0, 10))
      const { notBeforeMs } = await room.callbacks.act(id, { do: 'end', result: 'nobody' }, agent('赵'))
      const due = await room.callbacks.list({ due: true, limit: 9 })
      expect(due.callbacks).toEqual([])
      if (notBeforeMs === undefined) continue
      await room.passes(notBeforeMs - room.clock.now())
      expect((await room.callbacks.list({ due: true, limit: 9 })).callbacks).toHaveLength(1)
    }
    expect(days).toEqual(['2026-01-05', '2026-01-05', '2026-01-06'])
    await room.passes(1)
    expect(await room.closed()).toMatchObject([{ end: 'gave-up', triesLeft: 0 }])
    expect(room.texts).toHaveLength(1)
    expect(room.texts[0]).toMatchObject({ to: wang })
    expect(room.texts[0]?.text).toContain('1月5日')
    expect(room.texts[0]?.id).toBeTruthy()
  })

  it.skipIf(skip)('are closed by the order that was made, and not without its number', async () => {
    await gaveUp(wang)
    const { id } = await room.only()
    await expect(room.callbacks.act(id, { do: 'end', result: 'served' }, agent('赵'))).rejects.toMatchObject({
      code: 'callback-not-taken',
    })
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await expect(
      room.callbacks.act(id, { do: 'end', result: 'order-made' }, agent('赵')),
    ).rejects.toMatchObject({ code: 'callback-order-missing' })
    const order = '2601050000127'
    expect(
      await room.callbacks.act(id, { do: 'end', result: 'order-made', order }, agent('赵')),
    ).toMatchObject({ state: 'closed', end: 'order-made', order })
    await expect(room.callbacks.act(id, { do: 'take' }, agent('赵'))).rejects.toMatchObject({
      code: 'callback-closed',
    })
  })

  it.skipIf(skip)('close by themselves when the caller rings again and is served', async () => {
    await gaveUp(wang)
    await room.rings(wang, [1, queued], [5, connected], [90, hungUp])
    expect(await room.owed()).toEqual([])
    expect(await room.closed()).toMatchObject([{ end: 'rang-again' }])
  })

  it.skipIf(skip)('are owed when a process died, to each who waited or talked', async () => {
    await room.rings(wang, [1, queued])
    await room.rings(li, [1, queued], [2, connected])
    await room.next.begin()
    expect((await room.owed()).map(({ number, reasons }) => [number, reasons])).toEqual([
      [wang, ['cut-off']],
      [li, ['cut-off']],
    ])
  })

  it.skipIf(skip)(
    'are owed to whoever waited while the database was away, although the process died, too',
    async () => {
      const left = await room.rings(wang, [1, greeted])
      const waits = await room.rings(li, [1, greeted])
      await room.losesDatabase(
        left,
        [2, queued],
        [14, { kind: 'left-queue', reason: 'abandoned' }],
        [0, hungUp],
      )
      await room.losesDatabase(waits, [2, queued])
      const again = room.startsAgain()
      await again.begin()
      expect((await room.owed()).map(({ number, reasons }) => [number, reasons])).toEqual([
        [wang, ['gave-up']],
        [li, ['cut-off']],
      ])
      await again.close()
    },
  )

  it.skipIf(skip)('are owed by what lay on a disk, although another had judged the call before', async () => {
    const left = await room.rings(wang, [1, greeted])
    const served = await room.rings(li, [1, greeted])
    await room.losesDatabase(
      left,
      [2, queued],
      [14, { kind: 'left-queue', reason: 'abandoned' }],
      [0, hungUp],
    )
    await room.losesDatabase(served, [2, queued], [3, connected], [60, hungUp])
    await room.next.begin()
    const again = room.startsAgain()
    await again.readBack()
    expect((await room.owed()).map(({ number, reasons }) => [number, reasons.at(-1)])).toEqual([
      [wang, 'gave-up'],
    ])
    await again.close()
  })

  it.skipIf(skip)('keep messages for as long as the rules say, and then their sound is gone', async () => {
    const path = await room.leaves('call_7')
    await room.rings(wang, [5, promised('13800138000', path)])
    const { id, losses } = await room.only()
    const call = losses[0]?.call ?? ''
    expect(Buffer.from(await room.callbacks.message(id, call)).toString()).toBe('RIFF-sound')
    await room.callbacks.act(id, { do: 'take' }, agent('赵'))
    await room.callbacks.act(id, { do: 'end', result: 'served' }, agent('赵'))
    const days = 90
    const [sweep] = room.callbacks.forgetters.flatMap(({ name, sweeps = [] }) =>
      name === '/recordings' ? sweeps : [],
    )
    const held = { forms: [], calls: [], orders: [] }
    const swept = async () => {
      const beforeMs = room.clock.now() - days * 24 * 60 * minuteMs
      await sweep?.sweep({ beforeMs, limit: 10, held })
      return readdir(join(room.dataDir, 'recordings'))
    }
    // It is as old as the call: what counts is when its callback was closed.
    await utimes(path, new Date(0), new Date(0))
    await room.passes((days - 1) * 24 * 60 * minuteMs)
    expect(await swept()).toHaveLength(1)
    await room.passes(24 * 60 * minuteMs + 1)
    expect(await swept()).toEqual([])
    await expect(room.callbacks.message(id, call)).rejects.toMatchObject({ code: 'message-unknown' })
  })

  it.skipIf(skip)('play messages in both ears, though a call is recorded with one side in each', async () => {
    const samples = Buffer.from(Int16Array.of(1, 0, -2, 0, 3, 0).buffer)
    const sound = Buffer.concat([wavHeader(2, samples.length), samples])
    const path = await room.leaves('call_5', 'demand', sound)
    await room.rings(wang, [5, promised('13800138000', path)])
    const { id, losses } = await room.only()
    const played = Buffer.from(await room.callbacks.message(id, losses[0]?.call ?? ''))
    expect(played.subarray(0, 44)).toEqual(Buffer.from(wavHeader(1, 6)))
    expect([...new Int16Array(new Uint8Array(played.subarray(44)).buffer)]).toEqual([1, -2, 3])
  })

  it.skipIf(skip)('go with their citizen when an order of theirs is erased', async () => {
    const path = await room.leaves('call_6')
    await room.rings(wang, [5, promised('13800138000', path)])
    await gaveUp(li)
    await database.transaction(tx => room.callbacks.forget(tx, '2601050000127', wang))
    await room.passes(1)
    expect((await room.owed()).map(({ number }) => number)).toEqual([li])
    expect(await room.closed()).toMatchObject([{ end: 'forgotten', number: '', losses: [] }])
    expect(await readdir(join(room.dataDir, 'recordings'))).toEqual([])
    const left = await database.query(
      sql`select count(*)::int as count from callbacks where number = ${wang}`,
      z.object({ count: z.number() }),
    )
    expect(left).toEqual([{ count: 0 }])
  })

  it.skipIf(skip)('open no file outside of the recordings, whatever a row says', async () => {
    await room.rings(wang, [5, promised('13800138000', '/etc/passwd')])
    const { id, losses } = await room.only()
    await expect(room.callbacks.message(id, losses[0]?.call ?? '')).rejects.toMatchObject({
      code: 'message-unknown',
    })
  })

  it.skipIf(skip)('are counted: owed, late, kept and missed, and by reason', async () => {
    await gaveUp(wang)
    await gaveUp(li)
    const [first] = await room.owed()
    await room.callbacks.act(first?.id ?? '', { do: 'take' }, agent('赵'))
    await room.callbacks.act(first?.id ?? '', { do: 'ring' }, agent('赵'))
    await room.passes(40 * minuteMs)
    expect(await room.callbacks.counts()).toMatchObject({
      owed: 2,
      late: 2,
      made: 2,
      kept: 1,
      missed: 1,
      reasons: { 'gave-up': 2 },
    })
  })

  it.skipIf(skip)(
    'count as kept only where somebody was rung or served, not where they were forgotten or given up',
    async () => {
      for (const number of [wang, li, '+8613700137000', '+8613600136000']) await gaveUp(number)
      const owed = await room.owed()
      const [, given, served] = owed.map(({ id }) => id)
      const forget = async (at: number) => {
        const calls = owed[at]?.losses.map(({ call }) => call) ?? []
        for (const one of room.callbacks.forgetters)
          await one.forget({ forms: [], digits: '', calls, orders: [] }, { orders: [] })
      }
      await forget(0)
      for (const [id, result] of [
        [given, 'gave-up'],
        [served, 'served'],
      ] as const) {
        await room.callbacks.act(id ?? '', { do: 'take' }, agent('赵'))
        await room.callbacks.act(id ?? '', { do: 'end', result }, agent('赵'))
      }
      expect(await room.callbacks.counts()).toMatchObject({ owed: 1, made: 4, kept: 1, missed: 1 })
      await forget(2)
      await room.passes(40 * minuteMs)
      await forget(3)
      expect(await room.callbacks.counts()).toMatchObject({ owed: 0, made: 4, kept: 1, missed: 2 })
    },
  )

  it.skipIf(skip)('keep the time that was told first, and are counted by it', async () => {
    const [startMs, inMs] = [room.clock.now(), (minutes: number) => startMs + minutes * minuteMs]
    const told = (number: string, minutes: number): CallFact => ({
      kind: 'promised',
      number,
      dueAtMs: inMs(minutes),
    })
    await room.rings(wang, [5, told('13800138000', 60)], [20, told('13800138000', 90)])
    await room.rings(li, [5, told('13900139000', 45)])
    const owed = await room.owed()
    expect(owed.map(({ toldAtMs }) => toldAtMs)).toEqual([inMs(60), inMs(45)])
    // Late by the limit, and in time by what they were told.
    await room.passes(40 * minuteMs)
    for (const { id } of owed.slice(0, 1)) {
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
    }
    await room.passes(10 * minuteMs)
    const counts = { made: 2, kept: 0, missed: 2, told: 2, toldKept: 1, toldMissed: 1 }
    expect(await room.callbacks.counts()).toMatchObject(counts)
  })

  it.skipIf(skip)('have the time that their caller heard, not what was to be said', async () => {
    const [startMs, inMs] = [room.clock.now(), (minutes: number) => startMs + minutes * minuteMs]
    const dueAtMs = inMs(60)
    const said: CallFact = { kind: 'promised', number: wang, dueAtMs }
    await room.rings(wang, [5, said], [8, { kind: 'told-time' }], [9, hungUp])
    expect((await room.only()).toldAtMs).toBeUndefined()
    // Another call of theirs hears one.
    await room.rings(wang, [5, { ...said, dueAtMs: inMs(45) }], [9, hungUp])
    expect((await room.only()).toldAtMs).toBe(inMs(45))
  })

  it.skipIf(skip)('tell a later time the more there are before, and none while nobody rings', async () => {
    const startMs = room.clock.now()
    expect(await room.callbacks.dueNow({ number: wang, isOurs: true, isBusy: false })).toBe(
      startMs + 30 * minuteMs,
    )
    for (let caller = 0; caller < 6; caller++) await gaveUp(`+861380013800${caller}`)
    await room.passes(31 * minuteMs)
    expect(await room.callbacks.dueNow({ number: wang, isOurs: true, isBusy: false })).toBeUndefined()
    const owed = await room.owed()
    for (const { id } of owed.slice(0, 2)) {
      await room.callbacks.act(id, { do: 'take' }, agent('赵'))
      await room.callbacks.act(id, { do: 'ring' }, agent('赵'))
      await room.callbacks.act(id, { do: 'end', result: 'served' }, agent('赵'))
    }
    await room.passes(minuteMs)
    // Two in half an hour, and four to be rung: an hour and a quarter.
    const inMinutes =
      ((await room.callbacks.dueNow({ number: wang, isOurs: true, isBusy: false })) ?? 0) - room.clock.now()
    expect(Math.abs(inMinutes - 77.5 * minuteMs)).toBeLessThan(3 * minuteMs)
  })

  it.skipIf(skip)('tell whoever rings again no later time than the one that they were told', async () => {
    const toldAtMs = room.clock.now() + 35 * minuteMs
    await room.rings(wang, [5, { kind: 'promised', number: wang, dueAtMs: toldAtMs }], [9, hungUp])
    const asked = { number: wang, isOurs: true, isBusy: false }
    await room.passes(10 * minuteMs)
    expect(await room.callbacks.dueNow(asked)).toBe(toldAtMs)
    expect(await room.callbacks.dueNow({ ...asked, number: li })).toBeGreaterThan(toldAtMs)
    // It was not kept, and nothing is known of those who ring: the same would be no answer.
    await room.passes(30 * minuteMs)
    expect(await room.callbacks.dueNow(asked)).toBeUndefined()
  })

  it.skipIf(skip)('tell no time at which nobody is there, whatever hours the limit runs in', async () => {
    await room.close()
    const mornings = [{ fromMinute: 540, toMinute: 630 }]
    room = await openRoom(database, {}, { openingHours: { workday: mornings, restday: [], holiday: [] } })
    const asked = { number: wang, isOurs: true, isBusy: false }
    expect(await room.callbacks.dueNow(asked)).toBe(room.clock.now() + 30 * minuteMs)
    await room.passes(minuteMs)
    expect(await room.callbacks.dueNow(asked)).toBeUndefined()
  })

  it.skipIf(skip)('are listed page by page', async () => {
    for (let caller = 0; caller < 5; caller++) await gaveUp(`+861380013800${caller}`)
    const numbers: string[] = []
    for (let after: string | undefined, pages = 0; pages < 9; pages++) {
      const page = await room.callbacks.list({ limit: 2, after })
      numbers.push(...page.callbacks.map(({ number }) => number.slice(-1)))
      after = page.next
      if (after === undefined) break
    }
    expect(numbers.join('')).toBe('01234')
  })
})
