import { describe, expect, it } from 'vitest'
import { afterOpen, nextTryAt, ordinaryCallbackRules } from '../../src/callbacks/index.ts'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import { callbackRulesOf, readSettings } from '../../src/settings/index.ts'

const calendar = createCalendar(exampleCity)
const at = (written: string) => instantOf(written, 'Asia/Shanghai')
const minuteMs = 60_000
const day = { fromMinute: 9 * 60, untilMinute: 18 * 60, days: 'workdays' } as const

describe('thirty minutes in opening hours', () => {
  it.each([
    ['in the morning', '2026-01-05 10:00', '2026-01-05 10:30'],
    ['before it opens', '2026-01-05 03:00', '2026-01-05 09:30'],
    ['ten minutes before it closes', '2026-01-05 17:50', '2026-01-06 09:20'],
    ['at the very end', '2026-01-05 18:00', '2026-01-06 09:30'],
    ['on a Friday evening', '2026-01-09 19:00', '2026-01-12 09:30'],
    // The National Day's week: 1 to 7 October 2026.
    ['on the eve of holidays', '2026-09-30 17:40', '2026-10-08 09:10'],
  ])('%s: %s to %s', (_, start, due) => {
    expect(afterOpen(at(start), 30 * minuteMs, day, calendar)).toBe(at(due))
  })

  it('run in the hours of the city, with its noon and its weekends, where nothing else is set', () => {
    const openingHours = {
      workday: [
        { fromMinute: 780, toMinute: 1080 },
        { fromMinute: 510, toMinute: 720 },
      ],
      restday: [{ fromMinute: 600, toMinute: 960 }],
      holiday: [],
    }
    const { open } = callbackRulesOf(readSettings({}), { openingHours })
    const due = (start: string) => afterOpen(at(start), 30 * minuteMs, open, calendar)
    expect(due('2026-01-05 06:39')).toBe(at('2026-01-05 09:00'))
    expect(due('2026-01-05 11:50')).toBe(at('2026-01-05 13:20'))
    expect(due('2026-01-09 17:50')).toBe(at('2026-01-10 10:20'))
    expect(due('2026-09-30 17:50')).toBe(at('2026-10-08 08:50'))
    const own = callbackRulesOf(readSettings({ CALLBACK_HOURS: '06:00-22:00' }), { openingHours }).open
    expect(afterOpen(at('2026-01-05 06:39'), 30 * minuteMs, own, calendar)).toBe(at('2026-01-05 07:09'))
  })

  it('run through the night where the hotline is open around the clock', () => {
    const { open } = ordinaryCallbackRules
    expect(afterOpen(at('2026-01-05 23:45'), 30 * minuteMs, open, calendar)).toBe(at('2026-01-06 00:15'))
  })
})

describe('whoever was not reached', () => {
  const tried = (...times: readonly string[]) => times.map(time => ({ atMs: at(time) }))
  const next = (now: string, ...times: readonly string[]) =>
    nextTryAt(tried(...times), at(now), ordinaryCallbackRules, calendar)

  it('is rung an hour later on the same day, twice a day and no more', () => {
    expect(next('2026-01-05 10:00', '2026-01-05 10:00')).toBe(at('2026-01-05 11:00'))
    expect(next('2026-01-05 11:00', '2026-01-05 10:00', '2026-01-05 11:00')).toBe(at('2026-01-06 09:00'))
  })

  it('is not rung again at night', () => {
    expect(next('2026-01-05 19:30', '2026-01-05 19:30')).toBe(at('2026-01-06 09:00'))
    expect(next('2026-01-05 02:00', '2026-01-05 02:00')).toBe(at('2026-01-05 09:00'))
  })
})
