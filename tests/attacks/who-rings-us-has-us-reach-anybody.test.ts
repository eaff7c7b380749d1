/** One anonymous call sent 39 texts in 13 s by `#`; a forged +882 number was dialled; flows rang any country without a cap. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { createManualClock, Fault, silentLog } from '../../src/foundation/index.ts'
import { handlerPhones } from '../../src/orders/index.ts'
import { reachRulesOf, readSettings } from '../../src/settings/index.ts'
import { type Destination, type DialOptions, guardReach } from '../../src/telephony/index.ts'
import type { Text } from '../../src/texts/index.ts'
import { shippedRules } from '../orders/rules-house.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'

const hourMs = 3_600_000
const rules = {
  ...(await shippedRules()),
  supervision: { district: ['13700000001'], city: [], dispatch: [] },
}

/** In process: hours and days pass by a clock that is moved by hand. */
function office(env: Readonly<Record<string, string>> = {}) {
  const clock = createManualClock()
  const rung: string[] = []
  const sent: string[] = []
  const reach = guardReach(
    reachRulesOf(readSettings(env), exampleCity, () => handlerPhones(rules)),
    {
      clock,
      log: silentLog,
    },
  )
  const texts = reach.sending<Text>({ send: async ({ to }) => void sent.push(to) })
  const way = reach.dialing({
    dial: async to => {
      rung.push(to.kind === 'number' ? to.number : to.contact)
      throw new Fault({ code: 'no-answer', place: 'test', found: 'nobody', expected: 'somebody' })
    },
  })
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Fault) => error.code,
    )
  return {
    clock,
    rung,
    sent,
    reach,
    ring: (to: string | Destination, options: Partial<DialOptions> = {}) =>
      codeOf(
        way.dial(typeof to === 'string' ? { kind: 'number', number: to } : to, {
          from: { number: '12345' },
          ringMs: 1000,
          ...options,
        } as DialOptions),
      ),
    text: (to: string, call?: string, id?: string) => codeOf(texts.send({ to, call, id, text: 'x' })),
    health: reach.health,
    figures: () => reach.figures[0]?.read(),
  }
}

/** Satellites and networks without a country, premium numbers here and abroad, other countries, emergency calls, nonsense. */
const never = [
  '+8823990000000',
  '+88216123456789',
  '+8816123456789',
  '+979123456789',
  '+19005551234',
  '+861681234567890',
  '+442071838750',
  '+85261234567',
  '0088216123456789',
  '00442071838750',
  '+86110',
  '911',
  '112',
  '96110',
  '10086',
  '12345678901234567',
  '+',
  'sip:evil.example',
  '13800138000;phone-context=+882',
  '＋８８２３９９００００００',
]

describe('whoever is rung or sent a text', () => {
  it.each(never)('is never %s', async number => {
    const { ring, text, rung, sent } = office()
    expect(await ring(number)).toBe('reach-refused')
    expect(await ring(number, { near: {} as never })).toBe('reach-refused')
    expect(await ring({ kind: 'seat', name: 's1', contact: `tel:${number}` })).toBe('reach-refused')
    if (/^\+?\d/.test(number)) expect(await text(number)).toBe('reach-refused')
    expect([rung, sent]).toEqual([[], []])
  })

  it('is a telephone of this country, a number that the city lists, or of a beginning that it allows', async () => {
    const { ring, text } = office({ REACH_PREFIXES: '+8526' })
    for (const number of ['+8613800138000', '13800138000', '+861062345678', '110', '12345', '+85261234567'])
      expect(await ring(number)).toBe('no-answer')
    expect(await text('13700000001')).toBe('done')
    expect(await text('110')).toBe('reach-refused')
    expect(await office({ REACH_COUNTRIES: 'US' }).ring('+19005551234')).toBe('reach-refused')
    expect(await office({ REACH_COUNTRIES: 'CN,US' }).ring('+12125551234')).toBe('no-answer')
  })
})

describe('how often', () => {
  it('one call sends texts, whatever their numbers, and says why it sends no more', async () => {
    const { text, figures } = office()
    const numbers = Array.from({ length: 39 }, (_, index) => `+86138001380${10 + index}`)
    const ends = await Promise.all(numbers.map(number => text(number, 'call_1')))
    expect(ends.filter(end => end === 'done')).toHaveLength(3)
    expect(ends.filter(end => end === 'reach-too-often')).toHaveLength(36)
    expect(await text('+8613900139000', 'call_2')).toBe('done')
    expect(figures()).toEqual([{ labels: { what: 'texts', why: 'aCall' }, value: 36 }])
  })

  it.each([
    ['written as it was keyed', ['13800138000', '+8613800138000', '008613800138000', '8613800138000']],
    ['from many calls', ['+8613800138000']],
    ['about many things', ['13800138000']],
  ])('a number is sent texts, %s: ten an hour, twenty a day', async (_, ways) => {
    const { text, clock } = office()
    const round = async () => {
      let done = 0
      for (let turn = 0; turn < 40; turn++)
        if ((await text(ways[turn % ways.length] ?? '', `call_${clock.now()}_${turn}`)) === 'done') done++
      return done
    }
    expect(await round()).toBe(10)
    await clock.advance(hourMs)
    expect(await round()).toBe(10)
    await clock.advance(hourMs)
    expect(await round()).toBe(0)
    await clock.advance(24 * hourMs)
    expect(await round()).toBe(10)
  })

  it('counts a second try of the same text or call once', async () => {
    const { text, ring } = office({ TEXTS_PER_NUMBER_HOUR: '1', CALLS_PER_NUMBER_HOUR: '1' })
    expect([await text('13800138000', undefined, 'a'), await text('13800138000', undefined, 'a')]).toEqual([
      'done',
      'done',
    ])
    expect(await text('13800138000', undefined, 'b')).toBe('reach-too-often')
    expect([await ring('13800138000', { job: 'a' }), await ring('13800138000', { job: 'a' })]).toEqual([
      'no-answer',
      'no-answer',
    ])
    expect(await ring('13800138000', { job: 'b' })).toBe('reach-too-often')
  })

  it('stops all with an alarm, and begins again in the next hour; emergency calls go on', async () => {
    const { ring, health, clock } = office({ CALLS_PER_HOUR: '5' })
    const ends = []
    for (let turn = 0; turn < 7; turn++) ends.push(await ring(`+861380013800${turn}`))
    expect(ends.slice(4)).toEqual(['no-answer', 'reach-too-often', 'reach-too-often'])
    expect(health()[0]).toMatchObject({ part: 'reach-calls', up: false, needed: false })
    expect(await ring('110', { near: {} as never })).toBe('no-answer')
    await clock.advance(hourMs)
    expect(health()[0]).toMatchObject({ up: true })
    expect(await ring('+8613800138009')).toBe('no-answer')
  })

  it('never goes beyond what the city allows, whatever is tried and however time goes', async () => {
    const number = fc.constantFrom('13800138000', '+8613800138000', '13900139000', '+8613700137000')
    const tries = fc.array(fc.tuple(number, fc.integer({ min: 0, max: hourMs / 4 })), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(tries, async all => {
        const { text, clock, sent } = office({ TEXTS_PER_NUMBER_HOUR: '2', TEXTS_PER_HOUR: '4' })
        const hours = new Map<string, number>()
        for (const [to, restMs] of all) {
          await clock.advance(restMs)
          if ((await text(to)) !== 'done') continue
          const hour = Math.floor(clock.now() / hourMs)
          for (const key of [`${hour}`, `${hour} ${to.slice(-11)}`]) hours.set(key, (hours.get(key) ?? 0) + 1)
        }
        for (const [key, count] of hours) expect(count).toBeLessThanOrEqual(key.includes(' ') ? 2 : 4)
        expect(sent.length).toBeLessThanOrEqual(all.length)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the built product', () => {
  let house: BuiltHouse
  beforeAll(async () => {
    house = await openBuiltHouse()
  }, 60_000)
  afterAll(() => house.close())

  it.each(never)('rings nobody at %s by the API, whichever flow is named', async number => {
    const answer = await house.root.post('/api/dial', { number, flow: 'hotline' })
    const [fault] = answer.json<{ faults: readonly { code: string }[] }>().faults
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(['reach-refused', 'number-not-dialable', 'request-invalid']).toContain(fault?.code)
    expect(await house.newestCall('out')).toBeUndefined()
  })
})

it('tells the city of every callback that is late, though they are many in an hour', async () => {
  const { text } = office({ CALLBACK_WARNED: '13700000009', TEXTS_PER_NUMBER_HOUR: '2' })
  for (let late = 0; late < 5; late++) expect(await text('13700000009')).toBe('done')
  const other = '13700000008'
  expect([await text(other), await text(other), await text(other)]).toEqual([
    'done',
    'done',
    'reach-too-often',
  ])
})
