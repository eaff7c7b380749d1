import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueAt, ordinaryCallbackRules, type Pace } from '../../src/callbacks/index.ts'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'

const calendar = createCalendar(exampleCity)
const midnightMs = instantOf('2026-01-05 00:00', exampleCity.timeZone)
const minuteMs = 60_000

const moment = fc.integer({ min: 0, max: 1439 }).map(minute => midnightMs + minute * minuteMs)
const shifts = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 24, maxLength: 24 })
const workedBy = (byHour: readonly number[]) => (atMs: number) =>
  byHour[Math.floor(calendar(atMs).minute / 60)]
/** From one hour to the next they grow or shrink by a third at most, and so at midnight. */
const gentleShifts = fc
  .array(fc.double({ min: 0.75, max: 1.33, noNaN: true }), { minLength: 12, maxLength: 12 })
  .map(changes => {
    const half = changes.map((_, hour) => 100 * changes.slice(0, hour + 1).reduce((all, by) => all * by, 1))
    return [...half, ...half.toReversed()]
  })
const pace: fc.Arbitrary<Pace> = fc.record({
  ahead: fc.integer({ min: 0, max: 10_000 }),
  late: fc.integer({ min: 0, max: 50 }),
  rung: fc.integer({ min: 0, max: 2_000 }),
  ledPerMs: fc.double({ min: 0, max: 0.001, noNaN: true }),
  isBusy: fc.boolean(),
  workingAt: shifts.map(workedBy),
})
const told = (atMs: number, one: Pace) => dueAt(atMs, one, ordinaryCallbackRules, calendar)

describe('whatever the pace, the backlog and the shifts', () => {
  it('nobody is told a time before the limit, and what is told is a whole five minutes', () => {
    fc.assert(
      fc.property(moment, pace, (atMs, one) => {
        const dueMs = told(atMs, one)
        if (dueMs === undefined) return
        expect(dueMs).toBeGreaterThanOrEqual(atMs + ordinaryCallbackRules.limitMs)
        expect(dueMs % (5 * minuteMs)).toBe(0)
      }),
    )
  })

  it('more who are before them never make it earlier, nor does a pace that is slower', () => {
    fc.assert(
      fc.property(moment, pace, fc.integer({ min: 1, max: 500 }), (atMs, one, more) => {
        const due = (other: Pace) => told(atMs, other) ?? Infinity
        expect(due({ ...one, ahead: one.ahead + more })).toBeGreaterThanOrEqual(due(one))
        if (one.late > 0)
          expect(due({ ...one, rung: Math.max(0, one.rung - more) })).toBeGreaterThanOrEqual(due(one))
      }),
    )
  })

  it('where the hotline leads, nobody is told a time at night but soon after they rang', () => {
    fc.assert(
      fc.property(moment, pace, fc.nat(10_000), fc.nat(240), (atMs, one, few, awakeMinutes) => {
        const rules = { ...ordinaryCallbackRules, awakeMs: awakeMinutes * minuteMs }
        const dueMs = dueAt(atMs, { ...one, awake: Math.min(few, one.ahead) }, rules, calendar)
        if (dueMs === undefined) return
        expect(dueMs).toBeGreaterThanOrEqual(atMs + rules.limitMs)
        const { minute } = calendar(dueMs - 1)
        const { fromMinute, untilMinute } = rules.again
        if (minute >= fromMinute && minute < untilMinute) return
        expect(rules.awakeMs).toBeGreaterThan(0)
        expect(dueMs).toBeLessThanOrEqual(atMs + Math.max(rules.limitMs, rules.awakeMs) + 5 * minuteMs)
      }),
    )
  })

  it('where seats keep callbacks at the pace of late, all before them are rung by the time told', () => {
    fc.assert(
      fc.property(moment, pace, gentleShifts, (atMs, one, byHour) => {
        const workingAt = workedBy(byHour)
        const dueMs = told(atMs, { ...one, late: Math.max(1, one.late), isBusy: false, workingAt })
        if (dueMs === undefined) return
        const bySeat = one.rung / 30 / (workingAt(atMs - 15 * minuteMs) ?? 1)
        let kept = 0
        for (let ms = atMs; ms < dueMs; ms += minuteMs) kept += bySeat * (workingAt(ms) ?? 0)
        expect(kept).toBeGreaterThanOrEqual(one.ahead)
      }),
    )
  })
})
