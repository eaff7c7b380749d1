import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Key } from '../../src/media/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

/** As the loopback line tells who rings. */
const restricted = '13800138000'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database)
  await database.execute(sql`delete from caller_steps`)
  const { ladder } = hotline.callers
  for (const [at, step] of (['dissuade', 'explain', 'warn', 'restrict'] as const).entries())
    await ladder.take(
      restricted,
      { step, facts: [`call_${at}`], words: '骂人', days: step === 'restrict' ? 30 : undefined },
      'li',
    )
  const { steps } = await ladder.of(restricted)
  await ladder.decide(steps.at(-1)?.id ?? '', { agreed: true, words: '录音已听' }, 'zhao')
  expect(await ladder.isRestricted(restricted)).toBe(true)
})
afterEach(() => hotline.close())

/** Whatever they press before: `*` clears what is being keyed, as it does for everybody. */
const tries = fc.sample(
  fc.array(fc.constantFrom<Key>('1', '2', '3', '5', '7', '9', '#', '*'), { maxLength: 4 }),
  {
    seed: 17,
    numRuns: 6,
  },
)

it.each(['12345', '12346'])('reaches a person by 0 through %s, whatever they pressed before', async to => {
  const seat = hotline.seat('s1')
  for (const keys of tries) {
    const caller = hotline.rings({ from: restricted, to })
    await caller.hears(/./)
    caller.presses(...keys, '*', '0')
    const person = await seat.answers()
    await hotline.happens('connected')
    caller.hangsUp()
    expect(await person.isLeft()).toBeTruthy()
    await hotline.clock.advance(60_000)
  }
})

it('stands behind who rang half a minute later, and has the next turn', async () => {
  const first = hotline.rings({ from: restricted })
  await first.hears('12345热线')
  first.presses('0')
  await first.hears('正在为您接通')
  await hotline.happens('queued')
  await hotline.clock.advance(30_000)
  const second = hotline.rings({ from: '13800138002' })
  await second.hears('12345热线')
  second.presses('0')
  await second.hears('正在为您接通')
  await hotline.happens('queued')
  for (const [name, caller] of [
    ['s1', second],
    ['s2', first],
  ] as const) {
    const person = await hotline.seat(name).answers()
    // What is said before the two are bridged is heard by nobody.
    const isHeard = () => {
      caller.says('是我')
      return person.phone.heard.some(({ text }) => text.includes('是我'))
    }
    await expect.poll(isHeard).toBe(true)
    caller.hangsUp()
    expect(await person.isLeft()).toBeTruthy()
  }
})
