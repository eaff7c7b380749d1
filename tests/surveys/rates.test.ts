import { describe, expect, it } from 'vitest'
import {
  type GivenAnswer,
  ordinaryRules,
  ratesOf,
  suspicionsIn,
  type Tally,
} from '../../src/surveys/index.ts'

const { rates, coached } = ordinaryRules
const tally: Tally = {
  asked: 100,
  reached: 60,
  answered: 50,
  excluded: 3,
  referred: 0,
  contacted: { yes: 40, no: 10 },
  solved: { yes: 20, partly: 10, no: 10 },
  ratings: [10, 10, 4, 4, 2],
}

describe('the three rates', () => {
  it('are shares of those who answered that question, and weighed into one', () => {
    const { response, solved, satisfied, composite } = ratesOf(tally, rates)
    expect(response).toBeCloseTo(40 / 50)
    expect(solved).toBeCloseTo(25 / 40)
    expect(satisfied).toBeCloseTo(24 / 30)
    expect(composite).toBeCloseTo(0.3 * 0.8 + 0.35 * 0.625 + 0.35 * 0.8)
  })

  it('are shares of all who were asked where the city says so', () => {
    expect(ratesOf(tally, { ...rates, of: 'asked', partly: 0 })).toMatchObject({ response: 0.4, solved: 0.2 })
  })

  it('are absent, and no hundred per cent, where nobody answered', () => {
    const none: Tally = {
      asked: 5,
      reached: 0,
      answered: 0,
      excluded: 0,
      referred: 0,
      contacted: { yes: 0, no: 0 },
      solved: { yes: 0, partly: 0, no: 0 },
      ratings: [0, 0, 0, 0, 0],
    }
    expect(ratesOf(none, rates)).toEqual({})
  })
})

describe('what looks coached', () => {
  const given = (unit: string, count: number, change: (at: number) => Partial<GivenAnswer>) =>
    Array.from(
      { length: count },
      (_, at): GivenAnswer => ({
        unit,
        order: `${unit}${at}`,
        citizen: `${unit}${at}`,
        via: 'call',
        atMs: at * 3600_000,
        allBest: true,
        ...change(at),
      }),
    )

  it('is a unit of whom all say the best, one number for many orders, links in a row; nothing else', () => {
    const answers = [
      ...given('all', 30, () => ({})),
      ...given('few', 29, () => ({})),
      ...given('good', 100, at => ({ allBest: at % 10 !== 0 })),
      ...given('cousin', 4, () => ({ citizen: 'the same' })),
      ...given('office', 5, at => ({ via: 'link', atMs: at * 60_000 })),
      ...given('slow', 5, at => ({ via: 'link', atMs: at * 600_000 })),
    ]
    expect(suspicionsIn(answers, coached).map(({ unit, sign }) => `${unit} ${sign}`)).toEqual([
      'all all-best',
      'cousin same-number',
      'office links-in-a-row',
    ])
  })
})
