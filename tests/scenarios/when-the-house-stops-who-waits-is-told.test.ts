import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database, { env: { DRAIN_SECONDS: '60' } })
})
afterEach(() => hotline.close())

const keeps = '您的排队位置已保留'
const calls = '请您过几分钟再拨'

async function waiting() {
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  await hotline.happens('queued')
  return caller
}
const timesHeard = (caller: Awaited<ReturnType<typeof waiting>>, words: string) =>
  caller.phone.heard.filter(({ text }) => text.includes(words)).length

it('that they keep their place, once, and is still brought to a person', async () => {
  const caller = await waiting()
  const drained = hotline.drain()
  await caller.hears(keeps)
  await hotline.clock.advance(20_000)
  const person = await hotline.seat('s1').answers()
  await hotline.happens('connected')
  person.says('您好')
  await caller.hears('您好')
  await hotline.clock.advance(35_000)
  expect([timesHeard(caller, keeps), timesHeard(caller, calls)]).toEqual([1, 0])
  caller.hangsUp()
  await caller.isLeft()
  await hotline.clock.advance(200)
  expect(await drained).toBe(0)
})

it('what to do when the limit comes, as is who listens to a menu', async () => {
  const caller = await waiting()
  const chooser = hotline.rings({ from: '13800138001' })
  await chooser.hears('12345热线')
  const drained = hotline.drain()
  await caller.hears(keeps)
  const late = hotline.rings({ from: '13800138002' })
  await late.hears('12345热线')
  late.presses('0')
  await hotline.clock.advance(200)
  await late.hears(keeps)
  await hotline.clock.advance(52_000)
  await caller.hears(calls)
  await late.hears(calls)
  await hotline.clock.advance(8_000)
  expect(await drained).toBeGreaterThanOrEqual(2)
  expect([caller, chooser, late].map(one => timesHeard(one, calls))).toEqual([1, 1, 1])
})

it('nothing that would be taken back at once: a short limit keeps no place', async () => {
  await hotline.close()
  hotline = await openHotline(database, { env: { DRAIN_SECONDS: '10' } })
  const caller = await waiting()
  const drained = hotline.drain()
  await hotline.clock.advance(2_100)
  await caller.hears(calls)
  expect(timesHeard(caller, keeps)).toBe(0)
  await hotline.clock.advance(8_000)
  expect(await drained).toBe(1)
})
