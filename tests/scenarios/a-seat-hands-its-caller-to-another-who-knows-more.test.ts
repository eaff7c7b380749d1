import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../src/storage/index.ts'
import { openCaptionPage } from '../support/caption-page.ts'
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

it('has a caller who waits with music, then talks to another seat, in the same call', async () => {
  const first = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  const one = await first.answers()
  await hotline.happens('connected')
  const second = hotline.seat('s2')
  hotline.desk.at('s1')?.hold()
  await hotline.happens('held')
  one.says('这句话没有人听见')
  const moving = hotline.desk.at('s1')?.toSeat('s2')
  const two = await second.answers()
  await moving
  await hotline.happens('connected')
  caller.says('我再说一遍')
  await two.hears('我再说一遍')
  two.says('我来办')
  await caller.hears('我来办')
  expect(caller.phone.heard.map(({ text }) => text)).not.toContain('这句话没有人听见')
  expect(await one.isLeft()).toMatchObject({ by: 'us' })
  expect(hotline.desk.seats().map(({ name, state }) => [name, state])).toEqual([
    ['s1', 'wrap-up'],
    ['s2', 'talking'],
  ])
  two.hangsUp()
  await caller.isLeft()
  const [timeline = []] = await hotline.timelines()
  const walk = timeline.flatMap(fact =>
    fact.kind === 'connected' || fact.kind === 'offered' ? [`${fact.kind} ${fact.seat}`] : [],
  )
  expect(walk).toEqual(['offered s1', 'connected s1', 'offered s2', 'connected s2'])
})

it('has a caller who is given back when the other seat does not answer', async () => {
  const first = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  const one = await first.answers()
  await hotline.happens('connected')
  const second = hotline.seat('s2')
  const moved = hotline.desk
    .at('s1')
    ?.toSeat('s2')
    .catch(error => error.code)
  await second.rings()
  await hotline.clock.advance(15_000)
  expect(await moved).toBe('no-answer')
  one.says('我还在')
  await caller.hears('我还在')
  caller.hangsUp()
  await one.isLeft()
})

it('has a seat that went from the call read and type in it no more, and the next one do', async () => {
  const first = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  await first.answers()
  await hotline.happens('connected')
  await hotline.stored.flush()
  const [call] = await hotline.callsUp()
  if (call === undefined) throw new Error('no call is up')
  // As the screen of a seat is given it.
  const passOf = (seat: string) =>
    hotline.captions.passes.forSeat(call, undefined, () => hotline.desk.at(seat)?.call.id === call)
  hotline.captions.turnOn(call, false)
  const [own, later] = [passOf('s1'), passOf('s1')]
  const pages = [openCaptionPage(hotline.live, own), openCaptionPage(hotline.live, own, { page: 'other' })]
  const [reading, typing] = pages
  typing?.sends({ kind: 'type', line: 1, text: '请稍等' })
  await reading?.sees('请稍等')

  const second = hotline.seat('s2')
  const moving = hotline.desk.at('s1')?.toSeat('s2')
  const two = await second.answers()
  await moving
  await hotline.happens('connected')
  const next = openCaptionPage(hotline.live, passOf('s2'))
  typing?.sends({ kind: 'type', line: 2, text: '我是骗子' })
  expect(typing?.refusal()).toBe('over')
  expect(openCaptionPage(hotline.live, later).refusal()).toBe('over')
  await hotline.clock.advance(5_000)
  await hotline.clock.advance(5_000)
  expect([reading?.closed()?.reason, reading?.refusal()]).toEqual(['over', 'over'])
  next.sends({ kind: 'type', line: 3, text: '您好' })
  await next.sees('您好')
  expect(next.reads().join()).not.toContain('骗子')
  expect(next.closed()).toBeUndefined()
  two.hangsUp()
  await caller.isLeft()
})
