import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOf } from '../../src/supervision/changes.ts'
import { ordinaryRules, ratesOf, sumOf, type Tally } from '../../src/surveys/index.ts'

const formula = ordinaryRules.rates

/** So many who were contacted and answered alike: solved and satisfied, or neither. */
const mix = (category: string, solved: number, unsolved: number) => ({
  unit: 'dongsi',
  category,
  tally: {
    asked: solved + unsolved,
    reached: solved + unsolved,
    answered: solved + unsolved,
    excluded: 0,
    referred: 0,
    contacted: { yes: solved + unsolved, no: 0 },
    solved: { yes: solved, partly: 0, no: unsolved },
    ratings: [solved, 0, 0, 0, unsolved],
  } satisfies Tally,
})
type Mixes = readonly ReturnType<typeof mix>[]
const composite = (mixes: Mixes) => ratesOf(sumOf(mixes.map(({ tally }) => tally)), formula).composite

describe('why a unit stands otherwise than the month before', () => {
  it('is its answers, where the same kinds of demands came', () => {
    const change = changeOf([mix('heating', 50, 50)], [mix('heating', 100, 0)], formula)
    expect(change?.mix).toBeCloseTo(0, 12)
    expect(change?.kinds).toEqual([{ category: 'heating', part: change?.difference }])
    expect(change?.difference).toBeLessThan(0)
  })

  it('is the kinds of demands, where each was answered as before', () => {
    const change = changeOf(
      [mix('heating', 10, 90), mix('lamps', 10, 0)],
      [mix('heating', 1, 9), mix('lamps', 100, 0)],
      formula,
    )
    for (const { part } of change?.kinds ?? []) expect(part).toBeCloseTo(0, 12)
    expect(change?.mix).toBeLessThan(0)
  })

  it('is not told of a month without answers', () => {
    expect(changeOf([mix('heating', 1, 0)], [], formula)).toBeUndefined()
  })

  it('adds up to the difference of the two composites, whatever came', () => {
    const count = fc.integer({ min: 0, max: 50 })
    const month = fc
      .array(fc.tuple(fc.constantFrom('heating', 'lamps', 'noise'), count, count), {
        minLength: 1,
        maxLength: 3,
      })
      .map(all => all.map(([category, solved, unsolved]) => mix(category, solved, unsolved)))
      .filter(all => new Set(all.map(({ category }) => category)).size === all.length)
    fc.assert(
      fc.property(month, month, (now, before) => {
        const change = changeOf(now, before, formula)
        const [is, was] = [composite(now), composite(before)]
        if (is === undefined || was === undefined) return change === undefined
        return change !== undefined && Math.abs(change.difference - (is - was)) < 1e-9
      }),
    )
  })
})
