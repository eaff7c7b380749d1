/** Figures of a test, counted by hand. */
import { expect, it } from 'vitest'
import { measure } from '../../src/triage/index.ts'

const answer = (label: string, sure: number, ...found: readonly string[]) => ({
  label,
  found: found.map((one, at) => ({ label: one, sure: at === 0 ? sure : 0 })),
  isUnsure: sure < 0.3,
})

it('counts what was right, how sure, and what was taken for what', () => {
  const measures = measure([
    answer('a', 0.9, 'a', 'b'),
    answer('a', 0.9, 'b', 'a'),
    answer('b', 0.5, 'b'),
    answer('b', 0.2, 'c', 'd', 'e', 'b'),
  ])
  // a: precision 1, recall 1/2; b: 1/2, 1/2.
  expect(measures.macroF1).toBeCloseTo((2 / 3 + 1 / 2) / 2)
  expect([measures.first, measures.firstThree, measures.firstFive]).toEqual([0.5, 0.75, 1])
  expect([measures.unsure, measures.unsureRight]).toEqual([0.25, 0])
  // At 0.9 one of two right, at 0.5 one of one, at 0.2 none of one.
  expect(measures.calibrationError).toBeCloseTo((0.8 + 0.5 + 0.2) / 4)
  expect(measures.curve.find(({ sure }) => sure === 0.9)).toEqual({ sure: 0.9, covered: 0.5, right: 0.5 })
  expect(measures.confusion).toContainEqual({ label: 'a', taken: 'b', times: 1 })
})

it('takes five right of five for no certainty', () => {
  const { firstInterval, labels } = measure(Array.from({ length: 5 }, () => answer('a', 0.9, 'a')))
  // Wilson: 5 of 5 is 0.566 to 1.
  expect(firstInterval[0]).toBeCloseTo(0.566, 3)
  expect(firstInterval[1]).toBe(1)
  expect(labels[0]?.recallInterval).toEqual(firstInterval)
})
