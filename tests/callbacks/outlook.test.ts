import { describe, expect, it } from 'vitest'
import { dueAt, ordinaryCallbackRules, type Pace } from '../../src/callbacks/index.ts'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'

const calendar = createCalendar(exampleCity)
const at = (time: string, date = '2026-01-05') => instantOf(`${date} ${time}`, exampleCity.timeZone)
const nobody: Pace = {
  ahead: 0,
  late: 0,
  rung: 0,
  ledPerMs: 0,
  isBusy: false,
  workingAt: () => undefined,
}
const told = (pace: Partial<Pace>, now = '10:02', rules = ordinaryCallbackRules) =>
  dueAt(at(now), { ...nobody, ...pace }, rules, calendar)
const always = () => 10
/** By day twenty, from four o'clock on five. */
const untilFour = (atMs: number) => (calendar(atMs).minute < 16 * 60 ? 20 : 5)
const aMinute = (calls: number) => calls / 60_000
const officeHours = {
  ...ordinaryCallbackRules,
  open: { fromMinute: 540, untilMinute: 1080, days: 'every' },
} as const

describe('the time by which somebody is told that they will be rung', () => {
  it.each([
    ['nobody is before them', {}],
    ['those before them are rung within the limit at the present pace', { ahead: 4, rung: 5 }],
    ['nobody was rung of late, and nobody had to be', { ahead: 2 }],
    ['the hotline keeps seats enough', { ahead: 50, ledPerMs: aMinute(2) }],
  ])('is that of the limit, rounded up, where %s', (_, pace) => {
    expect(told(pace)).toBe(at('10:35'))
  })

  it('is as much later as those before them take, and a quarter more', () => {
    // 20 in 30 minutes: 60 take 90, and 112 with the margin.
    expect(told({ ahead: 60, late: 12, rung: 20 })).toBe(at('11:55'))
  })

  it('believes the pace at which callbacks were kept, once some are late, and not the seats that are kept for them', () => {
    expect(told({ ahead: 60, late: 12, rung: 20, ledPerMs: aMinute(1) })).toBe(at('11:55'))
    expect(told({ ahead: 60, rung: 20, ledPerMs: aMinute(1) })).toBe(at('11:20'))
    expect(told({ ahead: 60, late: 12, ledPerMs: aMinute(1) })).toBeUndefined()
  })

  it('counts on those who work then, and not on those who have gone home', () => {
    const pace = { ahead: 80, late: 12, rung: 60 }
    expect(told({ ...pace, workingAt: always }, '15:50')).toBe(at('16:40'))
    // 16 by four; 5 seats keep half a call a minute: 84 more take 168 minutes.
    expect(told({ ...pace, workingAt: untilFour }, '15:50')).toBe(at('00:00', '2026-01-06'))
    // Of the last half-hour twenty kept them: who are here now are a quarter.
    expect(told({ ...pace, workingAt: untilFour }, '16:10')).toBe(at('00:00', '2026-01-06'))
  })

  it.each([
    ['10:02', at('00:00', '2026-01-06')],
    ['23:02', at('09:00', '2026-01-06')],
    ['03:02', at('09:00')],
    ['08:02', at('00:00', '2026-01-06')],
  ])('is, more than two hours off at %s, the end of that part of the day', (now, due) => {
    expect(told({ ahead: 120, late: 12, rung: 20, workingAt: always }, now)).toBe(due)
  })

  it('is no time after closing, where the part of the day ends with opening hours', () => {
    const pace = { ahead: 120, late: 12, rung: 20, workingAt: always }
    expect(told(pace, '10:02', officeHours)).toBe(at('18:00'))
    expect(told(pace, '16:02', officeHours)).toBe(at('18:00', '2026-01-06'))
  })

  it('is none where those before them are late and nobody rings', () => {
    expect(told({ ahead: 3, late: 1 })).toBeUndefined()
  })

  it('is none where callers wait for a person, unless seats are kept for callbacks', () => {
    expect(told({ isBusy: true, rung: 9 })).toBeUndefined()
    expect(told({ isBusy: true, ledPerMs: aMinute(1) })).toBe(at('10:35'))
  })

  it('is none where it is so late that nobody knows', () => {
    expect(told({ ahead: 500, late: 300, rung: 3, workingAt: always })).toBeUndefined()
    expect(told({ ahead: 120, late: 12, rung: 20 })).toBeUndefined()
  })

  it('is in the morning, where the hotline leads and would ring when they sleep', () => {
    const pace = { ahead: 60, late: 12, rung: 20 }
    // 112 minutes, of which 30 are left of the day.
    expect(told(pace, '19:30')).toBe(at('21:25'))
    expect(told({ ...pace, awake: 9 }, '19:30')).toBe(at('10:25', '2026-01-06'))
    expect(told({ ...pace, awake: 9, ledPerMs: aMinute(2) }, '23:00')).toBe(at('23:30'))
    expect(told({ ...pace, awake: 60 }, '23:00')).toBe(at('10:55', '2026-01-06'))
  })

  it('is the end of the hours in which people are rung, where the hotline leads, and not the end of the day', () => {
    const pace = { ahead: 120, late: 12, rung: 20, workingAt: always }
    expect(told(pace)).toBe(at('00:00', '2026-01-06'))
    expect(told({ ...pace, awake: 120 })).toBe(at('20:00'))
    expect(told({ ...pace, awake: 120 }, '23:02')).toBe(at('20:00', '2026-01-06'))
  })

  it('counts in opening hours alone', () => {
    expect(told({}, '17:45', officeHours)).toBe(at('09:15', '2026-01-06'))
  })
})
