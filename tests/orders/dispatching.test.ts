/** What waits at the centre: who decides, what is refused, and how the centre's own clock warns. */
import { describe, expect, it } from 'vitest'
import { exampleCity } from '../../src/city/index.ts'
import { centre } from '../../src/orders/api.ts'
import { matterOf } from '../../src/orders/demand.ts'
import { unitsFor } from '../../src/orders/dispatching/suggesting.ts'
import { dueAt, lightAt, lightsOf, type NewOrder } from '../../src/orders/index.ts'
import { mayDo } from '../../src/orders/may.ts'
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
  supervisor,
  unit,
} from './rules-house.ts'

const rules = await shippedRules()
const tianjin = await shippedRules('tianjin')
const catalogue = await shippedCatalogue()
const { category: _, ...untold } = coldRadiators
const unsure: NewOrder = { ...untold, urgency: 'livelihood', waits: 'kind-open' }
const minuteMs = 60_000

describe('an order that nobody can place', () => {
  it.each([
    ['urgent', 1],
    ['livelihood', 2],
    ['general', 24],
    ['complex', 24],
  ] as const)('that is %s has %i h from the first ring to be dispatched', (urgency, hours) => {
    const rangAtMs = mondayMs - 5 * minuteMs
    const order = inMemory(rules, { ...unsure, urgency, rangAtMs }).order()
    const clock = order.clocks.find(({ name }) => name === 'dispatch')
    expect(clock && dueAt(clock, calendar)).toBe(rangAtMs + hours * hourMs)
    expect(order).toMatchObject({ stage: 'undispatched', unit: centre, category: '' })
  })

  it('turns yellow and red by the limit of the centre, and warns the centre, never a unit', () => {
    const one = inMemory(rules, unsure)
    const lights = lightsOf(one.order().clocks, calendar)
    expect([1.49, 1.5, 2].map(hours => lightAt(lights, mondayMs + hours * hourMs))).toEqual([
      'green',
      'yellow',
      'red',
    ])
    const told = (hours: number) => one.act({ do: 'tick' }, house, mondayMs + hours * hourMs).notices
    expect(told(1)).toEqual([{ kind: 'warning', to: 'dispatch', percent: 50 }])
    expect(told(1.5)).toEqual([{ kind: 'warning', to: 'dispatch', percent: 75 }])
    expect(told(2)).toEqual([
      { kind: 'warning', to: 'dispatch', percent: 100 },
      { kind: 'warning', to: 'city', percent: 100 },
    ])
  })

  it('goes to the unit that a dispatcher names, with the clocks that it had', () => {
    const one = inMemory(rules, unsure)
    const before = one.order().clocks.filter(({ name }) => name !== 'dispatch')
    const { notices } = one.act(
      { do: 'dispatch', unit: 'heating', category: 'heating' },
      dispatcher,
      mondayMs + hourMs,
    )
    expect(notices).toEqual([{ kind: 'dispatched', to: 'unit' }])
    expect(one.order()).toMatchObject({ stage: 'waiting', unit: 'heating', category: 'heating' })
    expect(one.order().clocks.filter(({ name }) => name !== 'dispatch')).toEqual(before)
    expect(one.order().clocks.find(({ name }) => name === 'dispatch')?.doneAtMs).toBe(mondayMs + hourMs)
  })

  it('is signed within the time that a unit has once it has it, not before', () => {
    const one = inMemory(tianjin, unsure)
    expect(one.order().clocks.map(({ name }) => name)).not.toContain('sign')
    one.act({ do: 'dispatch', unit: 'heating', category: 'heating' }, dispatcher, mondayMs + hourMs)
    const sign = one.order().clocks.find(({ name }) => name === 'sign')
    expect(sign && dueAt(sign, calendar)).toBe(mondayMs + hourMs + 30 * minuteMs)
  })

  it('is dispatched once: the second dispatcher is told whose it is', () => {
    const one = inMemory(rules, unsure)
    one.act({ do: 'dispatch', unit: 'heating', category: 'heating' }, dispatcher, mondayMs)
    const again = () => one.act({ do: 'dispatch', unit: 'street', category: 'heating' }, supervisor, mondayMs)
    expect(again).toThrow(
      expect.objectContaining({
        code: 'dispatched-already',
        found: `an order that ${rules.units.get('heating')?.name} has`,
      }),
    )
    expect(one.order().unit).toBe('heating')
  })

  it.each([
    ['unit-unknown', 'unit', { unit: 'dragons', category: 'heating' }],
    ['category-unknown', 'category', { unit: 'heating', category: 'dragons' }],
    ['category-unknown', 'category', { unit: 'heating' }],
    ['unit-unknown', 'unit', { unit: centre, category: 'heating' }],
  ])('refuses with %s at %s', (code, place, given) => {
    const one = inMemory(rules, unsure)
    expect(() => one.act({ do: 'dispatch', ...given }, dispatcher, mondayMs)).toThrow(
      expect.objectContaining({ code, place }),
    )
  })

  it.each([seat, unit('heating')])('is not dispatched by $role', by => {
    const one = inMemory(rules, unsure)
    expect(() => one.act({ do: 'dispatch', unit: 'heating', category: 'heating' }, by, mondayMs)).toThrow(
      expect.objectContaining({ code: by.role === 'unit' ? 'order-of-another-unit' : 'role-wrong' }),
    )
  })

  it('offers a dispatcher that, and no unit anything', () => {
    const order = inMemory(rules, unsure).order()
    const may = (by: typeof seat) => mayDo(order, { by, atMs: mondayMs, rules, calendar })
    expect(may(dispatcher)).toContain('dispatch')
    expect(may(seat)).not.toContain('dispatch')
    expect(may(unit('heating'))).toEqual([])
  })
})

describe('what waits for a dispatcher', () => {
  const city = {
    ...exampleCity,
    districts: [{ name: '朝阳区', streets: [] }],
  } as unknown as typeof exampleCity
  const plain = { ...rules, dispatch: { ...rules.dispatch, rows: [] } }
  const today = () => '2026-01-05'
  const matter = (asked: Parameters<typeof matterOf>[0], from: typeof catalogue = catalogue) =>
    matterOf(asked, { catalogue: from, city, rules: plain, today })
  const waits = (asked: Parameters<typeof matterOf>[0]) => matter(asked).waits
  const [kind] = [...catalogue.kinds.values()].filter(one => one.name === '停水')
  const code = kind?.code ?? ''

  it('is what has no kind, what the agent is not sure of, and what the catalogue has no unit for', () => {
    expect(waits({ kind: code, district: '朝阳区' })).toBeUndefined()
    expect(waits({ category: 'heating' })).toBeUndefined()
    expect(waits({ urgency: 'general' })).toBe('kind-open')
    expect(waits({ kind: code, district: '朝阳区', undecided: true })).toBe('unconfirmed')
    const nobody = { ...catalogue, units: new Map() }
    expect(matter({ kind: code, district: '朝阳区' }, nobody).waits).toBe('no-unit')
    // Whoever names the unit has said whose it is.
    expect(matter({ kind: code, unit: 'water' }, nobody).waits).toBeUndefined()
  })

  it('comes with the unit of the kind that was written down, then of what its words are like, at most three', () => {
    const others = [...catalogue.objects.values()].filter(({ name }) => name !== kind?.object).slice(0, 3)
    const found = others.map(object => ({
      object: object.name,
      sure: 0.2,
      why: ['词'],
      kinds: object.kinds,
    }))
    const suggested = unitsFor(
      { kind: code, district: '朝阳区', street: '望京街道' },
      { isUnsure: true, found },
      { catalogue, rules },
      today(),
    )
    expect(suggested.map(one => one.kind)).toEqual([
      code,
      ...others.slice(0, 2).map(({ kinds }) => kinds[0]?.code),
    ])
    expect(suggested[0]).toMatchObject({ because: 'agent', kindName: `${kind?.object}·停水` })
    expect(suggested[1]).toMatchObject({
      because: 'triage',
      sure: 0.2,
      weighed: ['词'],
      row: others[0]?.units,
    })
    for (const one of suggested) expect(rules.units.has(one.unit)).toBe(true)
  })
})
