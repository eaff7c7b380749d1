import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Database, sql } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database)
})
afterEach(async () => {
  await hotline.close()
  await database.execute(sql`delete from incidents`)
})

const hour = 60 * 60_000
const makeKnown = (words = '望京停水，预计18点恢复', en?: string) =>
  hotline.incidents.make(
    {
      words: { 'zh-CN': words, en },
      kind: 'water',
      area: { place: '望京' },
      untilMs: hotline.clock.now() + 2 * hour,
    },
    'zhang',
  )
const affected = async () => {
  await hotline.incidents.flush()
  return (await hotline.incidents.list()).map(one => one.affected)
}

it('hears what is wrong, presses 1, is thanked and hangs up, and is counted once when they ring again', async () => {
  await makeKnown()
  for (let times = 0; times < 2; times++) {
    const caller = hotline.rings()
    await caller.hears('12345热线')
    await hotline.clock.advance(8_000)
    await caller.hears('望京停水，预计18点恢复。受影响请按1')
    caller.presses('1')
    await caller.hears('已经登记，感谢您的来电')
    caller.hangsUp()
    await caller.isLeft()
  }
  expect(await affected()).toEqual([1])
  expect(hotline.desk.figures().waiting).toBe(0)
})

it('is counted, stays on the line, and a person answers', async () => {
  await makeKnown()
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  await hotline.clock.advance(8_000)
  await caller.hears('望京停水')
  caller.presses('1')
  await caller.hears('已经登记')
  // A finger that comes down twice says the same once, and asks about no order.
  caller.presses('1')
  await hotline.clock.advance(20_000)
  await seat.answers()
  expect(await affected()).toEqual([1])
})

it('hears it to the end, presses nothing, and a person answers all the same', async () => {
  await makeKnown()
  await hotline.clock.advance(1_000)
  await makeKnown('上地停电，预计20点恢复')
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  await hotline.clock.advance(8_000)
  await caller.hears('上地停电，预计20点恢复。受影响请按1')
  await hotline.clock.advance(8_000)
  await caller.hears('望京停水，预计18点恢复。受影响请按2')
  await hotline.clock.advance(20_000)
  await seat.answers()
  expect(await affected()).toEqual([0, 0])
})

it('wants a person, presses 0 in the midst of it, and is in the queue', async () => {
  await makeKnown()
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  await hotline.clock.advance(8_000)
  await caller.hears('望京停水')
  caller.presses('0')
  await caller.hears('正在为您接通')
  await seat.answers()
})

it('speaks English and is told in English, or nothing where there are no English words', async () => {
  await makeKnown()
  const first = hotline.rings({ from: '', language: 'en' })
  await first.hears('Hello, this is 12345')
  await hotline.clock.advance(10_000)
  await first.hears('We are connecting you')
  await makeKnown('上地停电，预计20点恢复', 'No power in Shangdi until eight')
  const second = hotline.rings({ from: '', language: 'en' })
  await second.hears('Hello, this is 12345')
  await hotline.clock.advance(10_000)
  await second.hears('No power in Shangdi until eight. If this affects you, press 1')
})

it('is old, and is told nothing: the slow flow has one thing to say', async () => {
  await makeKnown()
  const caller = hotline.rings({ to: '12346' })
  await caller.hears('长辈专线')
  await hotline.clock.advance(20_000)
  expect((await caller.hears('正在为您找工作人员')).text).not.toContain('望京')
})

it('rings once it is over, and hears nothing of it', async () => {
  await makeKnown()
  await hotline.clock.advance(2 * hour)
  const caller = hotline.rings()
  await caller.hears('12345热线')
  await hotline.clock.advance(8_000)
  await caller.hears('正在为您接通话务员')
  expect(caller.phone.heard.map(({ text }) => text).join()).not.toContain('望京')
})

it('has no voice to tell it: captions show the words, and the caller is in the queue', async () => {
  await hotline.close()
  let isMute = false
  hotline = await openHotline(database, { voice: () => (isMute ? 'fail' : 'speak') })
  await makeKnown()
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  const [call] = await hotline.callsUp()
  if (!call) throw new Error('no call is up')
  hotline.captions.turnOn(call)
  isMute = true
  await hotline.clock.advance(10_000)
  await seat.answers()
  const shown = hotline.captions.of(call)?.transcript.lines()
  expect(JSON.stringify(shown)).toContain('望京停水，预计18点恢复')
})
