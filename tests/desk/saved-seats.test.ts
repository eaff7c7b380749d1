import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { deskMigrations, openDesk } from '../../src/desk/index.ts'
import {
  createManualClock,
  Fault,
  type ManualClock,
  silentLog,
  systemClock,
} from '../../src/foundation/index.ts'
import { type Database, migrate, openDatabase, sql } from '../../src/storage/index.ts'
import { music } from './house.ts'

describe('seats that are saved', () => {
  let clock: ManualClock
  let database: Database
  beforeAll(async () => {
    database = await openDatabase({ clock: systemClock, log: silentLog })
    await migrate(database, deskMigrations)
  })
  beforeEach(async () => {
    clock = createManualClock()
    await database.execute(sql`delete from seats`)
  })
  afterAll(() => database.close())

  const open = (on: Database = database) =>
    openDesk({
      clock,
      log: silentLog,
      journal: { write: () => undefined },
      database: on,
      realm: 'jieting',
      music,
      leaseMs: 20_000,
      wrapUpMs: 5_000,
      restMs: 10_000,
      capacity: 100,
      ringSeat: () => Promise.reject(new Error('nobody rings here')),
      callSeat: () => Promise.reject(new Error('nobody rings here')),
    })
  const s1 = { name: 's1', display: '一号坐席', contact: 'sip:s1@127.0.0.1:5090' }

  it('are there after a restart, and ready if they were', async () => {
    const first = await open()
    first.addSeat(s1)
    first.addSeat({ ...s1, name: 's2', skills: ['en'] })
    first.setSkills('s1', ['yue', 'sign'])
    first.addSeat({ ...s1, name: 's3' })
    first.setReady('s1')
    first.removeSeat('s3')
    await first.close()

    const second = await open()
    expect(second.seats()).toMatchObject([
      { ...s1, skills: ['yue', 'sign'], state: 'ready' },
      { name: 's2', skills: ['en'], state: 'away' },
    ])
    await second.close()
  })

  it('that register keep their secret as a digest, and where their phone was last', async () => {
    const first = await open()
    first.addSeat({ name: 's1', display: '一号坐席', password: 'Circle of Life' })
    expect(() => first.setReady('s1')).toThrow('no phone of its that has registered')
    first.setContact('s1', 'sip:s1@10.0.0.7:5060;transport=tcp')
    expect(first.setReady('s1').state).toBe('ready')
    first.setContact('s1', undefined)
    expect(first.seats()[0]).toMatchObject({ state: 'offline' })
    first.setContact('s1', 'sip:s1@10.0.0.8')
    await first.close()

    const second = await open()
    expect(second.seats()).toMatchObject([{ state: 'ready', contact: 'sip:s1@10.0.0.8' }])
    // H(s1:jieting:Circle of Life), by md5sum and sha256sum.
    expect(second.credentials('s1')).toEqual({
      realm: 'jieting',
      md5: '8d7529a744ae124b9e20db549de7cc6e',
      sha256: 'a5885ddb59c4c38683604f2a403ac9f6222df19bed5c0764909e96fb0813ed44',
    })
    expect(JSON.stringify(second.seats())).not.toContain('8d7529a744ae124b9e20db549de7cc6e')
    expect(second.credentials('s2')).toBeUndefined()
    second.removeSeat('s1')
    second.setContact('s1', undefined)
    expect(second.seats()).toEqual([])
    await second.close()
  })

  it('take another name, number or phone, and keep it over a restart', async () => {
    const first = await open()
    first.addSeat(s1)
    first.addSeat({ ...s1, name: 's2' })
    first.setReady('s1')
    expect(first.changeSeat('s1', { contact: 'sip:s1@10.0.0.9' })).toMatchObject({
      state: 'ready',
      display: '一号坐席',
      contact: 'sip:s1@10.0.0.9',
      address: 'sip:s1@10.0.0.9',
    })
    expect(first.changeSeat('s1', { display: '前台', number: 31 })).toMatchObject({
      display: '前台',
      number: 31,
    })
    expect(first.changeSeat('s1', { number: 31 })).toMatchObject({ number: 31 })
    for (const [change, code] of [
      [{ number: 2 }, 'seat-number-taken'],
      [{ contact: 'sip:s1@' }, 'contact-invalid'],
    ] as const)
      expect(() => first.changeSeat('s1', change)).toThrow(expect.objectContaining({ code }))
    expect(() => first.changeSeat('s9', { number: 9 })).toThrow(
      expect.objectContaining({ code: 'seat-unknown' }),
    )
    await first.close()

    const second = await open()
    expect(second.seats()[0]).toMatchObject({ display: '前台', number: 31, contact: 'sip:s1@10.0.0.9' })
    await second.close()
  })

  it('that come to register are offline until they do, and ring at their address when they have one again', async () => {
    const desk = await open()
    desk.addSeat(s1)
    desk.setReady('s1')
    const registers = desk.changeSeat('s1', { password: 'Circle of Life' })
    expect([registers.state, registers.contact, registers.address]).toEqual(['offline', undefined, undefined])
    desk.setContact('s1', 'sip:s1@10.0.0.7:5060')
    const before = desk.credentials('s1')
    // Another password is asked for when it registers again; until then it rings where it is.
    expect(desk.changeSeat('s1', { password: 'Hakuna Matata' })).toMatchObject({ state: 'ready' })
    expect(desk.credentials('s1')).not.toEqual(before)
    expect(desk.changeSeat('s1', { contact: s1.contact })).toMatchObject({
      state: 'ready',
      contact: s1.contact,
    })
    expect(desk.credentials('s1')).toBeUndefined()
    await desk.close()
  })

  it('with a fixed address ring there again once their page is closed, and after a restart with it open', async () => {
    const first = await open()
    first.addSeat(s1)
    first.setReady('s1')
    first.setContact('s1', 'browser:s1')
    expect(first.changeSeat('s1', { contact: 'sip:s1@10.0.0.9' })).toMatchObject({ contact: 'browser:s1' })
    first.setContact('s1', undefined)
    expect(first.seats()[0]).toMatchObject({ state: 'ready', contact: 'sip:s1@10.0.0.9' })
    first.setContact('s1', 'browser:s1')
    await first.close()

    const second = await open()
    expect(second.seats()[0]).toMatchObject({ state: 'ready', contact: 'sip:s1@10.0.0.9' })
    await second.close()
  })

  it('keep the number that citizens know their agents by, which no other gets', async () => {
    const first = await open()
    first.addSeat({ ...s1, number: 7 })
    expect(first.addSeat({ ...s1, name: 's2' }).number).toBe(8)
    expect(() => first.addSeat({ ...s1, name: 's3', number: 7 })).toThrow(
      expect.objectContaining({ code: 'seat-number-taken', found: '7, which seat s1 has' }),
    )
    await first.close()

    const second = await open()
    expect(second.seats().map(({ number }) => number)).toEqual([7, 8])
    await second.close()
  })

  it('of the same name, or with a contact that is none, are refused', async () => {
    const desk = await open()
    desk.addSeat(s1)
    expect(() => desk.addSeat(s1)).toThrow(expect.objectContaining({ code: 'seat-exists' }))
    expect(() => desk.addSeat({ ...s1, name: 's2', contact: '127.0.0.1' })).toThrow(
      expect.objectContaining({ code: 'contact-invalid' }),
    )
    expect(() => desk.setReady('s9')).toThrow(expect.objectContaining({ code: 'seat-unknown' }))
    await desk.close()
  })

  it('stand after a restart as their agents left them, or as they were set aside', async () => {
    const first = await open()
    for (const name of ['s1', 's2', 's3', 's4']) first.addSeat({ ...s1, name })
    first.setAway('s1', 'training')
    first.signOut('s2')
    first.setReady('s3')
    first.setAside('s3', 'unplugged')
    await first.close()
    // Written by a version that knows more, or less.
    await database.execute(
      sql`update seats set standing = '{"kind":"away","reason":"yoga"}' where name = 's4'`,
    )

    const second = await open()
    expect(second.seats().map(({ name, state, reason }) => [name, state, reason])).toEqual([
      ['s1', 'away', 'training'],
      ['s2', 'signed-out', undefined],
      ['s3', 'set-aside', 'unplugged'],
    ])
    await second.close()
  })

  it('come back on one line, and not where their phone would be somebody else’s header', async () => {
    await database.execute(sql`delete from seats`)
    const first = await open()
    for (const name of ['s1', 's2', 's3']) first.addSeat({ ...s1, name })
    await first.close()
    await database.execute(sql`update seats set display = ${'一号\r\nContact: <sip:x@y>'} where name = 's1'`)
    await database.execute(sql`update seats set contact = ${'sip:s2@127.0.0.1\r\nVia: x'} where name = 's2'`)
    await database.execute(sql`update seats set name = ${'s\n3'} where name = 's3'`)

    const second = await open()
    expect(second.seats().map(({ name, display }) => [name, display])).toEqual([
      ['s1', '一号 Contact: <sip:x@y>'],
    ])
    await second.close()
    await database.execute(sql`delete from seats`)
  })

  it('tell how long they were in which state, who sat there, and lose a minute at most to a crash', async () => {
    await database.execute(sql`delete from seat_states`)
    const desk = await open()
    const [from, until] = [clock.now(), clock.now() + 86_400_000]
    desk.addSeat(s1)
    desk.attend('s1', 'wang')
    await clock.advance(30_000)
    desk.setReady('s1')
    await clock.advance(90_000)
    desk.setAway('s1', 'meal')
    await clock.advance(1_000)
    const at = (ms: number) => from + ms
    const known = [
      { seat: 's1', state: 'away', reason: 'busy', member: 'wang', fromMs: at(0), untilMs: at(30_000) },
      { seat: 's1', state: 'ready', member: 'wang', fromMs: at(30_000), untilMs: at(120_000) },
      {
        seat: 's1',
        state: 'away',
        reason: 'meal',
        member: 'wang',
        fromMs: at(120_000),
        untilMs: at(121_000),
      },
    ]
    expect(await desk.spells({ from, until })).toEqual(known)
    expect(await desk.spells({ from: at(40_000), until: at(50_000) })).toEqual(known.slice(1, 2))
    expect(await desk.spells({ from, until, seat: 's2' })).toEqual([])
    await clock.advance(60_000)
    await vi.waitFor(async () => {
      const rows = await database.query(
        sql`select until_ms::int8 as "untilMs" from seat_states order by from_ms`,
        z.object({ untilMs: z.coerce.number() }),
      )
      expect(rows.map(({ untilMs }) => untilMs - from)).toEqual([30_000, 120_000, 180_000])
    })
    await clock.advance(9_000)
    desk.removeSeat('s1')
    await desk.close()

    const later = await open()
    expect((await later.spells({ from, until })).at(-1)).toEqual({
      ...known[2],
      untilMs: at(190_000),
    })
    await later.close()
  })

  it('work without the database, and are loaded and saved when it is back', async () => {
    const before = await open()
    before.addSeat(s1)
    before.addSeat({ ...s1, name: 's2' })
    await before.close()

    const link = { isUp: false }
    const desk = await open(overLink(database, link))
    expect(desk.seats()).toEqual([])
    desk.addSeat({ ...s1, name: 's2', display: '新' })
    expect(desk.setReady('s2').state).toBe('ready')
    expect(desk.addSeat({ ...s1, name: 's3' }).number).toBe(2)
    await clock.advance(3_000)

    const loaded = new Promise<void>(resolve => {
      desk.notices.on('seat', ({ name }) => name === 's1' && resolve())
    })
    link.isUp = true
    await clock.advance(1_000)
    await loaded
    await desk.close()
    const after = await open()
    expect(after.seats()).toMatchObject([
      { name: 's1', state: 'away' },
      { name: 's2', display: '新', state: 'ready' },
      { name: 's3' },
    ])
    // The two were given the numbers of saved seats that were not here yet.
    expect(after.seats().map(({ name, number }) => `${name} ${number}`)).toEqual(['s1 1', 's2 2', 's3 4'])
    await after.close()
  })
})

/** The database as it is seen over a link that can be cut. */
function overLink(database: Database, link: { readonly isUp: boolean }): Database {
  const away = () =>
    new Fault({ code: 'database-away', place: 'database', found: 'no link', expected: 'one' })
  return {
    ...database,
    query: (statement, row) => (link.isUp ? database.query(statement, row) : Promise.reject(away())),
    execute: statement => (link.isUp ? database.execute(statement) : Promise.reject(away())),
  }
}
