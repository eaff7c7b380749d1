import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halfDayOf, isPermitted, nextPermitted, ordinaryRules as rules } from '../../src/surveys/index.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('hours', () => {
  it.each([
    ['2026-01-05T08:59', false, false],
    ['2026-01-05T09:00', true, false],
    ['2026-01-05T09:30', true, true],
    ['2026-01-05T11:59', true, false],
    ['2026-01-05T12:00', false, false],
    ['2026-01-05T14:00', true, false],
    ['2026-01-05T17:29', true, true],
    ['2026-01-05T19:59', true, false],
    ['2026-01-05T20:00', false, false],
  ])('at %s people may be rung: %s, old people: %s', (text, people, elders) => {
    expect(isPermitted(at(text), false, rules)).toBe(people)
    expect(isPermitted(at(text), true, rules)).toBe(elders)
  })

  it('begin again on a half-day that was not used', () => {
    const used = new Set(['2026-01-05 am', '2026-01-05 pm'])
    expect(nextPermitted(at('2026-01-05T09:10'), false, new Set(), rules)).toBe(at('2026-01-05T09:10'))
    expect(nextPermitted(at('2026-01-05T12:10'), false, new Set(), rules)).toBe(at('2026-01-05T14:00'))
    expect(nextPermitted(at('2026-01-05T09:10'), false, used, rules)).toBe(at('2026-01-06T09:00'))
    expect(nextPermitted(at('2026-01-05T23:10'), true, new Set(), rules)).toBe(at('2026-01-06T09:30'))
  })

  it('are never missed, never before, and at most a day and a half away', () => {
    const moments = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2027, 0) })
    fc.assert(
      fc.property(moments, fc.boolean(), (nowMs, elder) => {
        const used = new Set([halfDayOf(nowMs, rules)])
        const nextMs = nextPermitted(nowMs, elder, used, rules)
        expect(nextMs).toBeGreaterThanOrEqual(nowMs)
        expect(isPermitted(nextMs, elder, rules)).toBe(true)
        expect(used.has(halfDayOf(nextMs, rules))).toBe(false)
        expect(nextMs - nowMs).toBeLessThan(36 * 3600_000)
      }),
    )
  })
})
