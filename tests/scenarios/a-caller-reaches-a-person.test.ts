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
  hotline = await openHotline(database)
})
afterEach(() => hotline.close())

it('presses 0 in the middle of the greeting and talks to a person', async () => {
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  const person = await seat.answers()
  await hotline.happens('connected')
  caller.says('我家没有暖气')
  await person.hears('我家没有暖气')
  person.says('您住在哪里')
  await caller.hears('您住在哪里')
  person.hangsUp()
  expect(await caller.isLeft()).toMatchObject({ by: 'us' })
  const [facts = []] = await hotline.timelines()
  expect(facts.map(fact => fact.kind)).toEqual(
    expect.arrayContaining([
      'invited',
      'answered',
      'prompt',
      'key',
      'queued',
      'offered',
      'connected',
      'ended',
    ]),
  )
  expect(facts.findIndex(({ kind }) => kind === 'key')).toBeLessThan(
    facts.findIndex(({ kind }) => kind === 'queued'),
  )
})

it('says nothing and is put through all the same', async () => {
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  await hotline.clock.advance(8_000)
  const person = await seat.answers()
  caller.hangsUp()
  expect(await person.isLeft()).toBeTruthy()
})

it('is old, as their number is known, and hears the slow flow', async () => {
  await hotline.callers.mark('13800138009', { elder: true })
  const seat = hotline.seat('s1')
  const caller = hotline.rings({ from: '13800138009' })
  await caller.hears('长辈专线')
  caller.presses('7')
  await seat.answers()
})

it('rings the number for old people, or presses *, and hears the slow flow', async () => {
  const byNumber = hotline.rings({ to: '12346' })
  await byNumber.hears('长辈专线')
  const byKey = hotline.rings({ from: '13800138001' })
  await byKey.hears('12345热线')
  byKey.presses('*')
  await byKey.hears('长辈专线')
})

it('waits, hears their place, and is taken in the order of the INVITEs as soon as a seat is ready', async () => {
  const first = hotline.rings({ from: '13800138001' })
  await first.hears('12345热线')
  await hotline.clock.advance(1_000)
  const second = hotline.rings({ from: '13800138002' })
  await second.hears('12345热线')
  second.presses('0')
  await second.hears('正在为您接通')
  first.presses('0')
  await first.hears('正在为您接通')
  await hotline.clock.advance(30_000)
  await second.hears('第2位')

  const seat = hotline.seat('s1')
  const person = await seat.answers()
  await hotline.happens('connected')
  first.says('我先来的')
  await person.hears('我先来的')
})

it('keeps their place when a seat does not answer, and another takes the call', async () => {
  const sleepy = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  const unanswered = await sleepy.rings()
  const awake = hotline.seat('s2')
  await hotline.clock.advance(16_000)
  const person = await awake.answers()
  await hotline.happens('connected')
  caller.says('终于接通了')
  await person.hears('终于接通了')
  expect(await unanswered.ended).toMatchObject({ by: 'us' })
})

it('rings a number that is not ours and is told so at once', async () => {
  const stranger = hotline.rings({ to: '99999' })
  expect(await stranger.isLeft()).toMatchObject({ reason: 'refused' })
})
