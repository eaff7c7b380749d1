import { describe, expect, it } from 'vitest'
import { FaultList, shareInterval } from '../../src/foundation/index.ts'
import { monthBefore, periodOf } from '../../src/supervision/month.ts'
import { rankingOf } from '../../src/supervision/ranking.ts'
import { ordinaryScores, readScoreText, type ScoreRules } from '../../src/supervision/rules.ts'
import { ordinaryRules, type Tally } from '../../src/surveys/index.ts'

const formula = ordinaryRules.rates
const rules: ScoreRules = { ...ordinaryScores, least: 10, sizes: [100] }
const area = (street?: string) => ({ district: '东城区', street })
const units = new Map([
  ['dongsi', { name: '东四街道', area: area('东四街道') }],
  ['jingshan', { name: '景山街道', area: area('景山街道') }],
  ['dongcheng', { name: '东城区政府', area: area() }],
  ['heating', { name: '供热单位' }],
  ['gas', { name: '燃气集团' }],
])

/** So many who were contacted and answered alike: solved or not, satisfied or not. */
const answers = (solved: number, unsolved: number): Tally => ({
  asked: solved + unsolved,
  reached: solved + unsolved,
  answered: solved + unsolved,
  excluded: 0,
  referred: 0,
  contacted: { yes: solved + unsolved, no: 0 },
  solved: { yes: solved, partly: 0, no: unsolved },
  ratings: [solved, 0, 0, 0, unsolved],
})
const mix = (unit: string, category: string, solved: number, unsolved: number) => ({
  unit,
  category,
  tally: answers(solved, unsolved),
})
const asked = { before: [], points: new Map(), units, rules, formula }

describe('a ranking', () => {
  it('puts streets with streets, districts with districts, what rules name together, and the rest', () => {
    const groups = rankingOf({
      ...asked,
      rules: { ...rules, groups: [{ id: 'utilities', name: '公用', english: 'Utilities', units: ['gas'] }] },
      mixes: [...units.keys(), 'gone'].map(unit => mix(unit, 'noise', 8, 2)),
    })
    expect(groups.map(({ id, units }) => [id, units.map(({ unit }) => unit)])).toEqual([
      ['street', ['dongsi', 'jingshan']],
      ['district', ['dongcheng']],
      ['department', ['gone', 'heating']],
      ['utilities', ['gas']],
    ])
    expect(groups.at(-1)).toMatchObject({ name: '公用', english: 'Utilities' })
  })

  it('holds each against what all the city has for the same kinds: hard orders make nobody worse', () => {
    // Building is hard for everybody, noise is easy; Dongsi has the hard ones and does them better than others do.
    const [streets] = rankingOf({
      ...asked,
      mixes: [
        mix('dongsi', 'building', 12, 28),
        mix('jingshan', 'building', 0, 10),
        mix('jingshan', 'noise', 24, 6),
        mix('heating', 'noise', 27, 3),
      ],
    })
    // Building 12 of 50, noise 51 of 60; response is 1 for all, and solved and satisfied have the same answers.
    const expectedOf = (rate: number) => 0.3 + 0.7 * rate
    const [first, second] = streets?.units ?? []
    expect(first).toMatchObject({ unit: 'dongsi', rank: 1 })
    expect(first?.rates.composite).toBeCloseTo(expectedOf(0.3), 9)
    expect(first?.expected).toBeCloseTo(expectedOf(0.24), 9)
    expect(second).toMatchObject({ unit: 'jingshan', rank: 2 })
    expect(second?.rates.composite).toBeCloseTo(expectedOf(0.6), 9)
    expect(second?.expected).toBeCloseTo(expectedOf((10 * 0.24 + 30 * 0.85) / 40), 9)
    // By the plain rate it would be the other way round.
    expect(first?.rates.composite).toBeLessThan(second?.rates.composite ?? 0)
  })

  it('shows a unit of which too few answered, and gives it no rank', () => {
    const [streets] = rankingOf({
      ...asked,
      mixes: [mix('dongsi', 'noise', 9, 0), mix('jingshan', 'noise', 1, 9)],
    })
    expect(streets?.units.map(({ unit, rank }) => [unit, rank])).toEqual([
      ['jingshan', 1],
      ['dongsi', undefined],
    ])
  })

  it('gives units that are alike the same rank and leaves the next one out', () => {
    const [departments] = rankingOf({
      ...asked,
      mixes: ['a', 'b', 'c'].flatMap(unit => [
        mix(unit, 'noise', unit === 'c' ? 1 : 7, unit === 'c' ? 9 : 3),
        mix(unit, 'dust', 7, 3),
      ]),
    })
    expect(departments?.units.map(({ unit, rank }) => [unit, rank])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ])
  })

  it('ranks within a size alone', () => {
    const groups = rankingOf({
      ...asked,
      mixes: [mix('dongsi', 'noise', 99, 1), mix('jingshan', 'noise', 99, 0)],
    })
    expect(groups.map(({ id, from, until, units }) => [id, from, until, units[0]?.unit])).toEqual([
      ['street', 100, undefined, 'dongsi'],
      ['street', 0, 100, 'jingshan'],
    ])
  })

  it('sets each beside itself a month before, and beside nothing where nothing was closed then', () => {
    const [streets] = rankingOf({
      ...asked,
      mixes: [mix('dongsi', 'noise', 8, 2), mix('jingshan', 'noise', 8, 2)],
      before: [mix('dongsi', 'noise', 5, 5)],
    })
    expect(streets?.units.map(({ before }) => before?.solved)).toEqual([0.5, undefined])
  })

  it('tells how surely: five of five may well be a half', () => {
    const [streets] = rankingOf({ ...asked, mixes: [mix('dongsi', 'noise', 5, 0)] })
    const [from = 0, until = 0] = streets?.units[0]?.intervals.solved ?? []
    expect(from).toBeCloseTo(0.5655, 3)
    expect(until).toBe(1)
    expect(shareInterval(0, 0)).toEqual([0, 1])
  })

  it('counts months in the city’s time', () => {
    expect(monthBefore('2026-01')).toBe('2025-12')
    expect(periodOf('2026-12', 'Asia/Shanghai')).toEqual({
      fromMs: Date.UTC(2026, 10, 30, 16),
      untilMs: Date.UTC(2026, 11, 31, 16),
    })
  })
})

describe('rules of scores', () => {
  const refusalsOf = (value: object) => {
    try {
      readScoreText(JSON.stringify(value, null, 2), 'scores.json')
    } catch (error) {
      if (error instanceof FaultList)
        return error.faults.map(({ place, expected }) => `${place}: ${expected}`)
    }
    return []
  }
  const group = (id: string, ...its: readonly string[]) => ({ id, name: id, english: id, units: its })

  it('say which unit two groups have, which id is taken, and sizes that do not grow, with the place', () => {
    expect(
      refusalsOf({ groups: [group('a', 'gas'), group('b', 'water', 'gas'), group('a', 'heating')] }),
    ).toEqual([
      'scores.json:21:13 groups.2.id: each id once',
      'scores.json:17:9 groups.1.units.1: a unit of one group; a has it',
    ])
    expect(refusalsOf({ groups: [group('street', 'gas')] })).toHaveLength(1)
    expect(refusalsOf({ sizes: [1000, 200] })).toEqual(['scores.json:2:12 sizes: numbers that grow'])
  })
})
