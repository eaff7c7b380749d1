/** What goes by itself, what a person takes back, and a unit whose work another takes over: one unit has it, and no clock runs back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centre } from '../../src/orders/api.ts'
import { ruledDispatch } from '../../src/orders/dispatching/by-rule.ts'
import type { KindsLike } from '../../src/orders/dispatching/suggesting.ts'
import type { Command, NewOrder } from '../../src/orders/index.ts'
import { mayDo } from '../../src/orders/may.ts'
import type { Order } from '../../src/orders/order.ts'
import { readersOf } from '../../src/orders/permit.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'
import {
  calendar,
  coldRadiators,
  dispatcher,
  hourMs,
  house,
  inMemory,
  mondayMs,
  seat,
  shippedRules,
  unit,
} from './rules-house.ts'

const shipped = await shippedRules('tianjin')
const catalogue = await shippedCatalogue()
const kind =
  [...catalogue.kinds.values()].find(({ object }) => object === '居民供暖') ??
  [...catalogue.kinds.values()].find(({ code }) => code.startsWith('0105'))
const code = kind?.code ?? ''
const object = kind?.object ?? ''
const { category: _, ...untold } = coldRadiators
const open: NewOrder = { ...untold, district: '朝阳区', urgency: 'livelihood', waits: 'kind-open' }
const on = (kinds: Readonly<Record<string, number>>) => ({
  ...shipped,
  dispatch: { ...shipped.dispatch, automatic: { kinds, share: 1 } },
})
const sure = (share: number, more: Partial<KindsLike> = {}): KindsLike => ({
  isUnsure: false,
  found: [{ object, sure: share, why: [], kinds: [{ code }] }],
  ...more,
})
const ruled = (order: Order, judged: KindsLike, rules = on({ '0105': 0.9 })) =>
  ruledDispatch(order, judged, { catalogue, rules }, { date: '2026-01-05', sampled: false })
const gone = (sampled = false) => {
  const one = inMemory(on({ '0105': 0.9 }), open)
  const command = ruled(one.order(), sure(0.95))
  if (!command) throw new Error('nothing goes by itself')
  one.act({ ...command, sampled }, house, mondayMs + 1000)
  return one
}

describe('an order goes by itself', () => {
  it('only where the city switched its kind on, and triage is as sure as the longest beginning of its code says', () => {
    const order = inMemory(shipped, open).order()
    expect(ruled(order, sure(0.99), shipped)).toBeUndefined()
    expect(ruled(order, sure(0.89))).toBeUndefined()
    expect(ruled(order, sure(0.9))).toMatchObject({ unit: 'heating', kind: code, sure: 0.9, threshold: 0.9 })
    expect(ruled(order, sure(0.95), on({ '': 0.9, '0105': 0.99 }))).toBeUndefined()
    expect(ruled(order, sure(0.95), on({ '01': 0.99, [code]: 0.5 }))).toBeDefined()
  })

  it('never where triage is unsure, an agent wrote down something else, or a person was asked for', () => {
    const order = inMemory(shipped, open).order()
    expect(ruled(order, sure(0.99, { isUnsure: true }))).toBeUndefined()
    expect(ruled(order, { isUnsure: false, found: [] })).toBeUndefined()
    expect(ruled(inMemory(shipped, { ...open, kind: '01010101' }).order(), sure(0.99))).toBeUndefined()
    const asked = inMemory(on({ '0105': 0.9 }), open)
    asked.act({ do: 'ask-person', words: '要求人工' }, seat, mondayMs)
    expect(ruled(asked.order(), sure(0.99))).toBeUndefined()
    expect(() =>
      asked.act(
        {
          do: 'dispatch-by-rule',
          unit: 'heating',
          kind: code,
          category: 'heating',
          sure: 1,
          threshold: 0.9,
          sampled: false,
        },
        house,
        mondayMs,
      ),
    ).toThrow(expect.objectContaining({ code: 'order-stage' }))
  })

  it('marked, and by nobody else than the house', () => {
    const one = gone(true)
    expect(one.order()).toMatchObject({
      stage: 'waiting',
      unit: 'heating',
      byRule: { kind: code, isSampled: true },
    })
    const command = {
      do: 'dispatch-by-rule',
      unit: 'heating',
      kind: code,
      category: 'heating',
      sure: 1,
      threshold: 0.9,
      sampled: false,
    } as const
    expect(() => inMemory(shipped, open).act(command, dispatcher, mondayMs)).toThrow(
      expect.objectContaining({ code: 'role-wrong' }),
    )
  })
})

describe('what went by itself', () => {
  it('is taken back while its unit has not begun, waits for a person, and has the centre’s clock of the first ring', () => {
    const one = gone()
    const began = inMemory(shipped, open)
      .order()
      .clocks.find(({ name }) => name === 'dispatch')
    expect(mayDo(one.order(), { by: dispatcher, atMs: mondayMs + hourMs, rules: shipped, calendar })).toEqual(
      expect.arrayContaining(['take-back', 'look']),
    )
    one.act({ do: 'take-back' }, dispatcher, mondayMs + hourMs)
    const order = one.order()
    expect(order).toMatchObject({
      stage: 'undispatched',
      unit: centre,
      waits: 'taken-back',
      byRule: { verdict: 'reversed' },
    })
    expect(order.clocks.find(({ name }) => name === 'dispatch')).toEqual(began)
    expect(order.clocks.map(({ name }) => name)).not.toContain('sign')
    expect(readersOf(order)).toEqual([centre])
    expect(ruled(order, sure(1))).toBeUndefined()
    one.act({ do: 'dispatch', unit: 'street', category: 'heating' }, dispatcher, mondayMs + 2 * hourMs)
    expect(one.order().unit).toBe('street')
    expect(() => one.act({ do: 'take-back' }, dispatcher, mondayMs + 2 * hourMs)).toThrow(
      expect.objectContaining({ code: 'take-back-late' }),
    )
  })

  it('stays once its unit has signed; it may still be looked at, once', () => {
    const one = gone()
    one.act({ do: 'sign' }, unit('heating'), mondayMs + hourMs)
    expect(() => one.act({ do: 'take-back' }, dispatcher, mondayMs + hourMs)).toThrow(
      expect.objectContaining({ code: 'take-back-late' }),
    )
    one.act({ do: 'look' }, dispatcher, mondayMs + hourMs)
    expect(one.order().byRule?.verdict).toBe('right')
    expect(() => one.act({ do: 'look' }, dispatcher, mondayMs + hourMs)).toThrow(
      expect.objectContaining({ code: 'nothing-changes' }),
    )
  })
})

describe('a unit that is dissolved', () => {
  it('gives what is open to its successor, with history, lead and every clock as they were', () => {
    const units = new Map(shipped.units)
    const rules = { ...shipped, units }
    const one = inMemory(rules, { ...coldRadiators, coUnits: ['street'] })
    one.act({ do: 'sign' }, unit('heating'), mondayMs + hourMs)
    const before = one.order()
    const heating = units.get('heating')
    const street = units.get('street')
    if (!heating || !street) throw new Error('units are missing')
    units.set('heating', { ...heating, successor: 'city-management' })
    units.set('street', { ...street, successor: 'city-management' })
    const { notices } = one.act({ do: 'succeed' }, house, mondayMs + 2 * hourMs)
    const after = one.order()
    expect(after).toMatchObject({
      unit: 'city-management',
      lead: 'city-management',
      stage: 'handling',
      coUnits: [],
    })
    expect(after.clocks).toEqual(before.clocks)
    expect(after.unitSinceMs).toBe(before.unitSinceMs)
    expect(notices).toEqual([{ kind: 'dispatched', to: 'unit' }])
    expect(one.events.map(event => event.kind)).toEqual(['made', 'signed', 'succeeded', 'succeeded'])
    expect(one.act({ do: 'succeed' }, house, mondayMs + 2 * hourMs).happenings).toEqual([])
    expect(() =>
      one.act(
        { do: 'close', result: 'solved', words: '修好了', evidence: ['x'] },
        unit('heating'),
        mondayMs + 2 * hourMs,
      ),
    ).toThrow(expect.objectContaining({ code: 'order-of-another-unit' }))
  })
})

it('has one unit that is there after every dispatch, and no clock of its citizen ever begins anew, whatever is done with it', () => {
  const units = new Map(shipped.units)
  for (const id of ['street', 'water']) {
    const one = units.get(id)
    if (one) units.set(id, { ...one, successor: 'heating' })
  }
  const rules = { ...on({ '': 0.5 }), units }
  const somewhere = fc.constantFrom('heating', 'street', 'water', 'housing', 'street-110105026')
  const command: fc.Arbitrary<Command> = fc.oneof(
    somewhere.map(to => ({ do: 'dispatch', unit: to, category: 'heating', kind: code }) as const),
    somewhere.map(
      to =>
        ({
          do: 'dispatch-by-rule',
          unit: to,
          kind: code,
          category: 'heating',
          sure: 0.9,
          threshold: 0.5,
          sampled: false,
        }) as const,
    ),
    fc.constantFrom<Command>(
      { do: 'take-back' },
      { do: 'look' },
      { do: 'ask-person' },
      { do: 'succeed' },
      { do: 'sign' },
      { do: 'tick' },
    ),
    somewhere.map(target => ({ do: 'appoint', target, words: '指定' }) as const),
  )
  const actors = ['house', 'dispatcher', 'seat', 'unit', 'supervisor'] as const
  fc.assert(
    fc.property(
      fc.array(fc.tuple(command, fc.constantFrom(...actors), fc.nat(90)), { maxLength: 25 }),
      steps => {
        const one = inMemory(rules, open)
        const begun = new Map(one.order().clocks.map(({ name, startMs }) => [name, startMs]))
        let atMs = mondayMs
        for (const [asked, role, minutes] of steps) {
          atMs += minutes * 60_000
          const before = one.order()
          const by = role === 'unit' ? unit(before.unit) : { role, person: 'x' }
          try {
            one.act(asked, by, atMs)
          } catch (error) {
            if (!(error instanceof Error) || !('code' in error)) throw error
          }
          const order = one.order()
          expect(order.unit === centre ? order.stage === 'undispatched' : rules.units.has(order.unit)).toBe(
            true,
          )
          expect(order.stage === 'undispatched').toBe(order.unit === centre)
          if (order.lead !== undefined) expect(order.lead).toBe(order.unit)
          expect(order.coUnits).not.toContain(order.stage === 'undispatched' ? '' : centre)
          for (const { name, startMs } of order.clocks)
            if (name !== 'sign') expect(startMs).toBe(begun.get(name))
        }
      },
    ),
    { numRuns: 150 },
  )
})
