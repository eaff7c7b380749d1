/** Whose an order is: by what it is about, by where it is, and by the day; and what is refused before it holds. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type DispatchGround,
  type DispatchRow,
  dispatchAnswer,
  noDispatchRules,
  proveDispatch,
  readDispatch,
  rowFor,
  rowName,
  territoryOf,
  writeDispatch,
} from '../../src/catalogue/index.ts'
import { readCity, readGazetteer } from '../../src/city/index.ts'
import { readOrderRules } from '../../src/orders/index.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const root = join(import.meta.dirname, '..', '..')
const units = [
  { id: 'water' },
  { id: 'pipes' },
  { id: 'planning' },
  { id: 'd1', area: { district: '东区' } },
  { id: 's1', area: { district: '东区', street: '河街道' } },
  { id: 's2', area: { district: '西区', street: '河街道' } },
  { id: 'old', successor: 'pipes' },
]
const ground: DispatchGround = {
  units: new Map(units.map(unit => [unit.id, unit])),
  territory: territoryOf(units),
}
const row = (given: Partial<DispatchRow> & Pick<DispatchRow, 'lead'>): DispatchRow => ({
  kind: '',
  district: '',
  street: '',
  coUnits: [],
  copies: [],
  ...given,
})
const answer = (
  rows: readonly DispatchRow[],
  asked: { kind?: string; district?: string; street?: string },
  date = '2026-01-05',
) => dispatchAnswer(ground, rows, { kind: '01010101', ...asked }, date)

describe('an order goes', () => {
  it('by what it is about before where it is, and by the nearest row of each', () => {
    const rows = [
      row({ lead: 'planning' }),
      row({ lead: 's1', district: '东区', street: '河街道' }),
      row({ kind: '01', lead: 'water' }),
      row({ kind: '0101', lead: 'pipes', district: '东区' }),
    ]
    expect(answer(rows, { district: '东区', street: '河街道' })?.lead).toBe('pipes')
    expect(answer(rows, { district: '西区' })?.lead).toBe('water')
    expect(answer(rows, { kind: '05010101', district: '东区', street: '河街道' })?.lead).toBe('s1')
    expect(answer(rows, { kind: '05010101' })?.lead).toBe('planning')
  })

  it('to the street’s own unit, with a copy to its district; what has no street’s unit is its district’s', () => {
    const rows = [row({ lead: '@street', coUnits: ['planning', '@street'], copies: ['water'] })]
    expect(answer(rows, { district: '东区', street: '河街道' })).toEqual({
      lead: 's1',
      coUnits: ['planning'],
      copies: ['water', 'd1'],
    })
    expect(answer(rows, { district: '东区', street: '新开发区' })?.lead).toBe('d1')
    // Two districts have a street of this name: nobody guesses.
    expect(answer(rows, { street: '河街道' })).toBeUndefined()
    expect(answer(rows, {})).toBeUndefined()
  })

  it('on the days of its row, and to who took the work of its unit over', () => {
    const rows = [row({ lead: 'water', until: '2026-01-31' }), row({ lead: 'old', from: '2026-02-01' })]
    expect(answer(rows, {}, '2026-01-31')?.lead).toBe('water')
    expect(answer(rows, {}, '2026-02-01')?.lead).toBe('pipes')
  })
})

describe('a dispatch catalogue', () => {
  const catalogue = {
    objects: new Map(),
    kinds: new Map(
      ['01010101', '02010101'].map(code => [
        code,
        { code, name: '停水', object: '供水', urgency: 'general' as const },
      ]),
    ),
  }
  const places = new Map([
    ['东区', ['河街道', '山街道']],
    ['西区', []],
  ])
  const wrong = (rows: readonly DispatchRow[], today = '2026-01-05') =>
    proveDispatch({ ...noDispatchRules, rows }, { ...ground, catalogue, places }, today)

  it('has one owner for a kind and a place at a time: the second is named with its line and the first', () => {
    const written = (rows: readonly object[]) => JSON.stringify({ rows }, null, 2)
    const read = (rows: readonly object[]) =>
      readDispatch(written(rows), 'dispatch.json', { code: 'rule-invalid' })
    const first = { kind: '0101', lead: 'water', until: '2026-01-31' }
    expect(() => read([first, { kind: '0101', lead: 'pipes', from: '2026-01-31' }])).toThrow(
      expect.objectContaining({
        faults: [
          expect.objectContaining({
            place: 'dispatch.json:8:5',
            found: '0101 2026-01-31 again',
            expected: 'one owner at a time; the first is at dispatch.json:3:5',
          }),
        ],
      }),
    )
    expect(read([first, { kind: '0101', lead: 'pipes', from: '2026-02-01' }]).rows).toHaveLength(2)
  })

  it('names every gap by kind, place and day, and none where every day is covered', () => {
    expect(wrong([row({ kind: '01', lead: 'water' })])).toEqual([
      expect.objectContaining({
        column: 'gap',
        found: 'nobody for 02010101 供水·停水 in 东区河街道 on 2026-01-05',
      }),
    ])
    expect(wrong([row({ lead: 'water', until: '2026-03-31' })]).map(({ found }) => found)).toEqual([
      'nobody for 01010101 供水·停水 in 东区河街道 on 2026-04-01',
      'nobody for 02010101 供水·停水 in 东区河街道 on 2026-04-01',
    ])
    expect(
      wrong([row({ lead: 'water', district: '东区' }), row({ lead: 'pipes', district: '西区' })]),
    ).toEqual([])
    expect(
      wrong([
        row({ lead: 'water', district: '东区', street: '河街道' }),
        row({ lead: 'pipes', district: '西区' }),
      ])[0]?.found,
    ).toContain('东区山街道')
    expect(wrong([])).toEqual([])
  })

  it('names unknown kinds, places and units by row and column', () => {
    const found = wrong([
      row({ lead: 'water' }),
      row({ kind: '99', lead: 'dragons', coUnits: ['moon'], district: '东区', street: '海街道' }),
      row({ kind: '01', lead: '@street', district: '西区' }),
    ])
    expect(found.map(({ at, column, found: what }) => [at, column, what])).toEqual([
      [1, 'kind', '"99"'],
      [1, 'street', '"海街道"'],
      [1, 'lead', '"dragons"'],
      [1, 'coUnits', '"moon"'],
      [2, 'lead', '@street, and nobody in 西区'],
    ])
  })

  it('is the same after it was written and read', () => {
    const rules = {
      automatic: { kinds: { '0101': 0.9 }, share: 0.1 },
      rows: [row({ kind: '0101', lead: 'water', coUnits: ['pipes'], from: '2026-01-01' })],
    }
    const again = readDispatch(JSON.stringify(writeDispatch(rules)), 'dispatch.json', {
      code: 'rule-invalid',
    })
    expect(again).toEqual({ ...rules, rows: [{ ...rules.rows[0], until: undefined }] })
    expect(again.rows.map(rowName)).toEqual(['0101 2026-01-01'])
  })
})

it('of the example city leaves no gap, and sends a street’s matter to each of its 343 streets and towns', async () => {
  const [rules, catalogue, city, gazetteer] = await Promise.all([
    readOrderRules(join(root, 'order-rules'), 'beijing'),
    shippedCatalogue(),
    readCity(join(root, 'city.json')),
    readGazetteer(join(root, 'gazetteer.json')),
  ])
  const places = new Map(
    city.districts.map(({ name }) => [name, Object.keys(gazetteer.districts[name] ?? {})]),
  )
  expect(proveDispatch(rules.dispatch, { ...rules, catalogue, places }, '2026-01-05')).toEqual([])
  const streets = [...rules.units.values()].filter(({ area }) => area?.street !== undefined)
  expect(streets).toHaveLength(343)
  for (const { id, area } of streets) {
    const { lead, copies } =
      dispatchAnswer(rules, rules.dispatch.rows, { kind: '02020101', ...area }, '2026-01-05') ?? {}
    expect([lead, copies]).toEqual([id, [`district-${id.slice(7, 13)}`]])
  }
  expect(rowFor(rules.dispatch.rows, { kind: '03050101' }, '2026-01-05')?.coUnits).toEqual([
    '@street',
    'planning',
  ])
})
