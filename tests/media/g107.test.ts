import fc from 'fast-check'
import { expect, it } from 'vitest'
import { opinionScore, plainG711, rating } from '../../src/media/g107.ts'

it('gives the published rating for default values: R = 93.2, MOS 4.41 (ITU-T G.107, clause 7.7)', () => {
  const r = rating({ delayMs: 0, loss: 0, ...plainG711 })
  expect(r).toBeCloseTo(93.2, 1)
  expect(opinionScore(r)).toBeCloseTo(4.41, 2)
})

it('takes half of the scale away at a loss of Bpl percent, whatever Bpl is (G.107, clause 7.5)', () => {
  for (const lossRobustness of [4.3, 25.1]) {
    const lossless = rating({ delayMs: 0, loss: 0, codecImpairment: 0, lossRobustness })
    const lossy = rating({ delayMs: 0, loss: lossRobustness / 100, codecImpairment: 0, lossRobustness })
    expect(lossless - lossy).toBeCloseTo(95 / 2, 6)
  }
})

it('turns ratings into the opinion scores of annex B', () => {
  // Table B.1: the borders of user satisfaction.
  for (const [r, mos] of [
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ] as const)
    expect(Math.abs(opinionScore(r) - mos)).toBeLessThan(0.01)
  expect([opinionScore(-5), opinionScore(0), opinionScore(100), opinionScore(120)]).toEqual([1, 1, 4.5, 4.5])
})

it('never calls a call better for more loss or more delay', () => {
  const figure = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(figure, figure, figure, (loss, delay, more) => {
      const at = (l: number, d: number) => rating({ loss: l, delayMs: 20 + d * 1000, ...plainG711 })
      expect(at(Math.min(1, loss + more), delay)).toBeLessThanOrEqual(at(loss, delay) + 1e-9)
      expect(at(loss, delay + more)).toBeLessThanOrEqual(at(loss, delay) + 1e-9)
    }),
  )
})
