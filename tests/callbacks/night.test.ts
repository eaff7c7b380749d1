/** At night a telephone that rings wakes somebody: the hotline itself rings only whoever rang just now. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { exampleCity, instantOf } from '../../src/city/index.ts'
import { createMailbox, silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Database, openDatabase, sql } from '../../src/storage/index.ts'
import type { CallFact } from '../../src/telephony/index.ts'
import { agent, makeTables, openRoom } from './house.ts'

const wang = '+8613800138000'
const li = '+8613900139000'
const queued: CallFact = { kind: 'queued', place: 1 }
const hungUp: CallFact = { kind: 'ended', by: 'them', reason: 'hung-up' }
const at = (time: string, date = '2026-01-05') => instantOf(`${date} ${time}`, exampleCity.timeZone)
const tomorrow = '2026-01-06'

let database: Database
let room: Awaited<ReturnType<typeof openRoom>>
beforeAll(async () => {
  database = await openDatabase({ clock: systemClock, log: silentLog })
  await makeTables(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  room = await openRoom(database)
})
afterEach(() => room.close())

const until = (time: string, date?: string) => room.clock.advance(at(time, date) - room.clock.now())
const gaveUp = (caller: string) => room.rings(caller, [1, queued], [30, hungUp])
/** Whoever stands to be rung by the hotline itself, at the first look. */
async function stand() {
  const looked = createMailbox<readonly string[]>()
  const leading = room.callbacks.leadAt({
    isHere: () => true,
    perMs: () => 2 / 60_000,
    put: async owed => looked.put(owed.map(({ number }) => number)),
  })
  await room.clock.advance(500)
  const standing = await looked.take()
  await leading.close()
  return standing
}
const dueNow = () => room.callbacks.dueNow({ number: li, isOurs: true, isBusy: false })

it('leaves whoever rang in the afternoon asleep, rings whoever rang just now, and both in the morning', async () => {
  await until('18:30')
  await gaveUp(wang)
  await until('19:59')
  expect(await stand()).toEqual([wang])
  const { id } = await room.only()
  await until('20:00')
  expect(await room.callbacks.lead(id, 's1')).toBeUndefined()
  expect(await stand()).toEqual([])
  await until('02:50', tomorrow)
  await gaveUp(li)
  expect(await stand()).toEqual([li])
  await until('03:49', tomorrow)
  expect(await stand()).toEqual([li])
  await until('03:50', tomorrow)
  expect(await stand()).toEqual([])
  await until('08:58', tomorrow)
  expect(await stand()).toEqual([])
  await until('09:00', tomorrow)
  expect(await stand()).toEqual([wang, li])
})

it('tells an agent until when the hotline leaves them asleep, and lets the agent ring', async () => {
  await gaveUp(wang)
  expect((await room.only()).quietUntilMs).toBeUndefined()
  await until('23:00')
  const { id, quietUntilMs } = await room.only()
  expect(quietUntilMs).toBe(at('09:00', tomorrow))
  await room.callbacks.act(id, { do: 'take' }, agent('赵'))
  expect(await room.callbacks.act(id, { do: 'ring' }, agent('赵'))).toMatchObject({ state: 'ringing' })
})

it('expects whoever rings again to be awake, however long ago they rang first', async () => {
  await gaveUp(wang)
  await until('23:00')
  await gaveUp(wang)
  expect((await room.only()).quietUntilMs).toBeUndefined()
  expect(await stand()).toEqual([wang])
})

it('finds whoever rang just now behind any number of others who wait for the morning', async () => {
  await gaveUp(wang)
  await database.execute(sql`
    insert into callbacks select other.* from callbacks, generate_series(1, 600) n,
      jsonb_populate_record(callbacks, jsonb_build_object('id', 'back_' || n, 'number', '+86137' || 10000000 + n)) other`)
  await until('23:00')
  await gaveUp(li)
  expect(await stand()).toEqual([li])
  // Nor do those who sleep come before them.
  expect(await dueNow()).toBe(at('23:35'))
})

it('tells a time in the morning where nobody is rung at night', async () => {
  await room.close()
  room = await openRoom(database, { awakeMs: 0 })
  await gaveUp(wang)
  await until('23:00')
  await gaveUp(li)
  expect(await stand()).toEqual([])
  expect(await dueNow()).toBe(at('09:30', tomorrow))
})

it('counts only time in which they may be rung: while they are awake, and then from the morning on', async () => {
  await until('02:00', tomorrow)
  await gaveUp(wang)
  // Within the hour in which they are taken to be awake the limit runs on.
  expect(await room.only()).toMatchObject({ dueAtMs: at('02:30', tomorrow) + 30_000 })
  await room.close()
  room = await openRoom(database, { awakeMs: 10 * 60_000 })
  await until('02:00', tomorrow)
  await gaveUp(wang)
  expect(await room.only()).toMatchObject({ dueAtMs: at('09:20', tomorrow) + 30_000, light: 'green' })
  await until('08:59', tomorrow)
  expect((await room.only()).light).toBe('green')
  await until('09:15', tomorrow)
  expect((await room.only()).light).toBe('yellow')
  await until('09:21', tomorrow)
  expect((await room.only()).light).toBe('red')
})

it('has the limit of the morning where nobody is rung at night, and keeps it by a call in the morning', async () => {
  await room.close()
  room = await openRoom(database, { awakeMs: 0 })
  await until('02:00', tomorrow)
  await gaveUp(wang)
  const { id, dueAtMs } = await room.only()
  expect(dueAtMs).toBe(at('09:30', tomorrow))
  await until('09:20', tomorrow)
  await room.callbacks.act(id, { do: 'take' }, agent('赵'))
  await room.callbacks.act(id, { do: 'end', result: 'served' }, agent('赵'))
  expect(await room.callbacks.counts()).toMatchObject({ made: 1, kept: 1, missed: 0, late: 0 })
})

it('counts opening hours as they are where none of them are hours that wake nobody', async () => {
  await room.close()
  const open = { fromMinute: 21 * 60, untilMinute: 24 * 60, days: 'every' } as const
  room = await openRoom(database, { awakeMs: 0, open })
  await until('22:00')
  await gaveUp(wang)
  expect((await room.only()).dueAtMs).toBe(at('22:30') + 30_000)
})
