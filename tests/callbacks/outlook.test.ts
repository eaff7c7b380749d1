import { describe, expect, it } from 'vitest'
import { dueAt, ordinaryCallbackRules, type Pace } from '../../src/callbacks/index.ts'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'

const calendar = createCalendar(exampleCity)
const at = (time: string) => instantOf(`2026-01-05 ${time}`, exampleCity.timeZone)
const nobody: Pace = { ahead: 0, late: 0, rung: 0, ledPerMs: 0, isBusy: false }
const told = (pace: Partial<Pace>, now = '10:02', rules = ordinaryCallbackRules) =>
  dueAt(at(now), { ...nobody, ...pace }, rules, calendar)

describe('the time by which somebody is told that they will be rung', () => {
  it.each([
    ['nobody is before them', {}],
    ['those before them are rung within the limit at the present pace', { ahead: 4, rung: 5 }],
    ['nobody was rung of late, and nobody had to be', { ahead: 2 }],
    ['the hotline keeps seats enough', { ahead: 50, ledPerMs: 2 / 60_000 }],
  ])('is that of the limit, rounded up, where %s', (_, pace) => {
    expect(told(pace)).toBe(at('10:35'))
  })

  it('is as much later as those before them take, and a quarter more', () => {
    // 20 in 30 minutes: 60 take 90, and 112 with the margin.
    expect(told({ ahead: 60, late: 12, rung: 20 })).toBe(at('11:55'))
    expect(told({ ahead: 60, late: 12, rung: 20, ledPerMs: 1 / 60_000 })).toBe(at('11:20'))
  })

  it('is none where those before them are late and nobody rings', () => {
    expect(told({ ahead: 3, late: 1 })).toBeUndefined()
  })

  it('is none where callers wait for a person, unless seats are kept for callbacks', () => {
    expect(told({ isBusy: true, rung: 9 })).toBeUndefined()
    expect(told({ isBusy: true, ledPerMs: 1 / 60_000 })).toBe(at('10:35'))
  })

  it('is none where it is so late that nobody knows', () => {
    expect(told({ ahead: 500, late: 300, rung: 3 })).toBeUndefined()
  })

  it('counts in opening hours alone', () => {
    const rules = {
      ...ordinaryCallbackRules,
      open: { fromMinute: 540, untilMinute: 1080, days: 'every' },
    } as const
    expect(told({}, '17:45', rules)).toBe(at('09:15') + 24 * 60 * 60_000)
  })
})
