import { describe, expect, it } from 'vitest'
import { type MinuteCount, worstWindow } from '../../src/telephony/journal/levels.ts'
import { quantile } from '../../src/telephony/journal/quantile.ts'

const minute = (at: number, wanted: number, reached: number, soon = reached): MinuteCount => ({
  minute: at,
  wanted,
  reached,
  soon,
})

describe('the worst of all windows of so many minutes', () => {
  it('is found wherever it begins, not only on the hour', () => {
    // By windows of three minutes: 0-2 is 9/10, 1-3 is 4/9, 2-4 is 6/11, 3-5 is 7/12.
    const minutes = [minute(0, 5, 5), minute(2, 5, 4), minute(3, 4, 0), minute(4, 2, 2), minute(5, 6, 5)]
    expect(worstWindow(minutes, 6, 'reached', 3)).toEqual({ from: 1, wanted: 9, reached: 4, soon: 4 })
  })

  it('is another by another definition: who came through late was reached, and not soon', () => {
    const minutes = [minute(0, 10, 9, 9), minute(3, 10, 10, 2)]
    expect(worstWindow(minutes, 6, 'reached', 2)).toMatchObject({ from: 0, wanted: 10, reached: 9 })
    expect(worstWindow(minutes, 6, 'soon', 2)).toMatchObject({ from: 3, wanted: 10, soon: 2 })
  })

  it('lies wholly within, is the latest of equals, and is none where nobody wanted a person', () => {
    const minutes = [minute(0, 2, 1), minute(4, 2, 1)]
    expect(worstWindow(minutes, 6, 'reached', 2)?.from).toBe(4)
    expect(worstWindow(minutes, 4, 'reached', 2)?.from).toBe(0)
    expect(worstWindow(minutes, 4, 'reached', 5)).toBeUndefined()
    expect(worstWindow([], 6, 'reached', 2)).toBeUndefined()
  })
})

describe('a quantile of what was counted by length', () => {
  it('is what percentile_cont says of the single values', () => {
    // 2, 4, 4, 15, 30: the median is the third; 0.95 x 4 = rank 3.8, so 15 + 0.8 x 15.
    const waits = [
      { upToMs: 2_000, calls: 1 },
      { upToMs: 4_000, calls: 2 },
      { upToMs: 15_000, calls: 1 },
      { upToMs: 30_000, calls: 1 },
    ]
    expect(quantile(waits, 0.5)).toBe(4_000)
    expect(quantile(waits, 0.95)).toBe(27_000)
    expect(quantile([], 0.5)).toBeUndefined()
  })
})
