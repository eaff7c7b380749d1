import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Key } from '../../src/media/index.ts'
import { createScriptedRecognizer } from '../../src/speech/index.ts'
import { type Database, sql } from '../../src/storage/index.ts'
import { openCaptionPage } from '../support/caption-page.ts'
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
  hotline = await openHotline(database, { recognizer: createScriptedRecognizer() })
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

/** The restricted caller, and one who rang half a minute later; both wait. */
async function bothWait() {
  const first = hotline.rings({ from: restricted })
  await first.hears('12345热线')
  first.presses('0')
  await first.hears('正在为您接通')
  await hotline.happens('queued')
  await hotline.stored.flush()
  const [call] = await hotline.callsUp()
  await hotline.clock.advance(30_000)
  const second = hotline.rings({ from: '13800138002' })
  await second.hears('12345热线')
  second.presses('0')
  await second.hears('正在为您接通')
  await hotline.happens('queued')
  if (!call) throw new Error('no call is up')
  return { first, second, call }
}

type Caller = ReturnType<Hotline['rings']>

/** A person comes to the seats one after the other, and each of these has the next turn. */
async function haveTheirTurns(...callers: readonly Caller[]) {
  for (const [at, caller] of callers.entries()) {
    const person = await hotline.seat(`s${at + 1}`).answers()
    // What is said before the two are bridged is heard by nobody.
    const isHeard = () => {
      caller.says('是我')
      return person.phone.heard.some(({ text }) => text.includes('是我'))
    }
    await expect.poll(isHeard).toBe(true)
    caller.hangsUp()
    expect(await person.isLeft()).toBeTruthy()
  }
}

it('stands behind who rang half a minute later, and has the next turn', async () => {
  const { first, second } = await bothWait()
  first.says('你们都是骗子')
  await haveTheirTurns(second, first)
})

it('is behind nobody from the moment in which they say that it cannot wait', async () => {
  const { first, second, call } = await bothWait()
  first.says('家里有很浓的煤气味')
  await expect.poll(async () => (await hotline.desk.waiting())[0]?.id).toBe(call)
  await haveTheirTurns(first, second)
})

it('is behind nobody once they have typed it', async () => {
  const { first, second, call } = await bothWait()
  const page = openCaptionPage(hotline.live, hotline.captions.passes.ofCall(call).link)
  page.sends({ kind: 'type', line: 1, text: '楼道起火了' })
  await expect.poll(async () => (await hotline.desk.waiting())[0]?.id).toBe(call)
  await haveTheirTurns(first, second)
})
