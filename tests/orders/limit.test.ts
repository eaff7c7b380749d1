import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import { limitSchema, reachedAt } from '../../src/orders/limit.ts'

const calendar = createCalendar(exampleCity)
const at = (local: string) => Date.parse(`${local.replace(' ', 'T')}:00+08:00`)
const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
const dayMs = 86_400_000

/**
 * The State Council's notices: 国办发明电〔2023〕7号 (2024), 〔2024〕12号 (2025), 〔2025〕7号 (2026). Counted by hand: each
 * working day takes the limit on by 24 hours, days off by none.
 */
describe.each([
  // 2024: Spring Festival 10 to 17 February, made up on 4 and 18 February; New Year's Eve is a working day.
  ['2024-02-08 10:00', 5, '2024-02-21 10:00'],
  ['2024-02-02 10:00', 2, '2024-02-05 10:00'],
  // Qingming 4 to 6 April, made up on 7 April.
  ['2024-04-03 09:00', 2, '2024-04-08 09:00'],
  // Labour Day 1 to 5 May, made up on 28 April and 11 May.
  ['2024-04-27 12:00', 3, '2024-05-01 00:00'],
  ['2024-05-10 12:00', 2, '2024-05-13 12:00'],
  // Mid-Autumn 15 to 17 September, made up on 14 September.
  ['2024-09-13 10:00', 5, '2024-09-23 10:00'],
  // National Day 1 to 7 October, made up on 29 September and 12 October.
  ['2024-09-30 08:00', 5, '2024-10-12 08:00'],
  // 2025: Spring Festival 28 January to 4 February, made up on 26 January and 8 February.
  ['2025-01-24 09:00', 5, '2025-02-07 09:00'],
  ['2025-02-07 09:00', 1, '2025-02-08 09:00'],
  // Labour Day 1 to 5 May, made up on 27 April.
  ['2025-04-25 17:30', 5, '2025-05-06 17:30'],
  // National Day and Mid-Autumn 1 to 8 October, made up on 28 September and 11 October.
  ['2025-09-26 16:00', 5, '2025-10-10 16:00'],
  // 2026: New Year 1 to 3 January, made up on 4 January.
  ['2025-12-31 15:00', 1, '2026-01-04 15:00'],
  // Spring Festival 15 to 23 February, made up on 14 and 28 February.
  ['2026-02-12 12:00', 5, '2026-02-26 12:00'],
  ['2026-02-27 12:00', 2, '2026-03-02 12:00'],
  // Labour Day 1 to 5 May, made up on 9 May.
  ['2026-04-30 10:00', 4, '2026-05-09 10:00'],
  // National Day 1 to 7 October, made up on 20 September and 10 October.
  ['2026-09-30 08:00', 5, '2026-10-13 08:00'],
  // A limit that begins on a day off begins with the next working day.
  ['2026-10-03 15:00', 1, '2026-10-09 00:00'],
  ['2026-01-10 11:00', 5, '2026-01-17 00:00'],
])('%s and %i working days', (start, workdays, due) => {
  it(`are ${due}`, () => {
    expect(local(reachedAt(at(start), limitSchema.parse({ workdays }), 1, calendar))).toBe(due)
  })
})

describe('a limit', () => {
  const moment = fc.integer({ min: at('2024-01-01 00:00'), max: at('2026-11-30 00:00') })

  it('in natural time knows no day off', () => {
    fc.assert(
      fc.property(moment, fc.double({ min: 0, max: 2, noNaN: true }), (startMs, share) => {
        const days = limitSchema.parse({ days: 7 })
        expect(reachedAt(startMs, days, share, calendar)).toBe(startMs + Math.round(7 * dayMs * share))
      }),
    )
  })

  it('in working days is never shorter than in natural time, and grows with the share and the start', () => {
    const share = fc.double({ min: 0, max: 2, noNaN: true })
    fc.assert(
      fc.property(moment, fc.nat(30 * dayMs), share, share, (startMs, laterMs, a, b) => {
        const limit = limitSchema.parse({ workdays: 5 })
        const [less, more] = a < b ? [a, b] : [b, a]
        const reached = reachedAt(startMs, limit, less, calendar)
        expect(reached).toBeGreaterThanOrEqual(startMs + Math.round(limit.ms * less))
        expect(reachedAt(startMs, limit, more, calendar)).toBeGreaterThanOrEqual(reached)
        expect(reachedAt(startMs + laterMs, limit, less, calendar)).toBeGreaterThanOrEqual(reached)
      }),
      { numRuns: 300 },
    )
  })

  it('counts exactly the working time between its ends', () => {
    const workingMs = (fromMs: number, toMs: number) => {
      let sum = 0
      for (let ms = fromMs; ms < toMs; ms += 60_000) if (calendar(ms).day === 'workday') sum += 60_000
      return sum
    }
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 4 }), (start, workdays) => {
        const startMs = Math.floor(start / 60_000) * 60_000
        const dueMs = reachedAt(startMs, limitSchema.parse({ workdays }), 1, calendar)
        expect(workingMs(startMs, dueMs)).toBe(workdays * dayMs)
      }),
      { numRuns: 20 },
    )
  })

  it.each([{}, { hours: 0 }, { hours: 2, days: 1 }, { weeks: 1 }, { workdays: -5 }, { days: '7' }])(
    'is not written as %j',
    written => {
      expect(limitSchema.safeParse(written).success).toBe(false)
    },
  )
})
