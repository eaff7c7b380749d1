import { describe, expect, it } from 'vitest'
import {
  type City,
  calendarTrouble,
  createCalendar,
  exampleCity,
  yearsWithoutNotice,
} from '../../src/city/index.ts'
import { welcome } from '../../src/hall/welcome.ts'
import { readSettings } from '../../src/settings/index.ts'

const inChina = (time: string) => Date.parse(`${time.replace(' ', 'T')}:00+08:00`)
const calendar = createCalendar(exampleCity)
const dayOf = (date: string) => calendar(inChina(`${date} 10:00`)).day

it.each([
  ['2026-03-11 09:30', { minute: 570, weekday: 'wednesday', day: 'workday' }, 'an ordinary Wednesday'],
  [
    '2026-03-14 00:00',
    { minute: 0, weekday: 'saturday', day: 'restday' },
    'a Saturday, from its first minute',
  ],
  ['2026-03-15 23:59', { minute: 1439, weekday: 'sunday', day: 'restday' }, 'a Sunday, to its last minute'],
  [
    '2026-02-17 03:00',
    { minute: 180, weekday: 'tuesday', day: 'holiday' },
    "New Year's Day of the lunar year",
  ],
  ['2026-02-14 10:00', { minute: 600, weekday: 'saturday', day: 'workday' }, 'a Saturday worked for it'],
  ['2026-02-28 10:00', { minute: 600, weekday: 'saturday', day: 'workday' }, 'another one'],
  ['2026-02-21 10:00', { minute: 600, weekday: 'saturday', day: 'holiday' }, 'a Saturday within the holiday'],
  ['2026-10-01 12:00', { minute: 720, weekday: 'thursday', day: 'holiday' }, 'the National Day'],
])('knows %s', (time, moment) => {
  expect(calendar(inChina(time))).toEqual({ date: time.slice(0, 10), ...moment })
})

it('goes by the time of the city, wherever the machine stands', () => {
  const midnightInBeijing = inChina('2026-02-17 00:00')
  expect(calendar(midnightInBeijing)).toMatchObject({ minute: 0, day: 'holiday' })
  const urumqi = createCalendar({ ...exampleCity, timeZone: 'Asia/Urumqi' })
  expect(urumqi(midnightInBeijing)).toMatchObject({ date: '2026-02-16', minute: 1320, weekday: 'monday' })
})

describe('a year whose notice is not out', () => {
  it.each([
    ['2027-01-01', '元旦'],
    ['2027-02-05', '除夕'],
    ['2027-02-08', '初三'],
    ['2027-04-05', '清明'],
    ['2027-05-01', '劳动节'],
    ['2027-06-09', '端午'],
    ['2027-09-15', '中秋'],
    ['2027-10-01', '国庆'],
  ])('has %s (%s) off by law', date => {
    expect(dayOf(date)).toBe('holiday')
  })

  it('has no bridging days and no make-up days yet', () => {
    expect(['2027-01-04', '2027-02-09', '2027-05-03', '2027-10-04'].map(dayOf)).toEqual(
      Array(4).fill('workday'),
    )
    expect(['2027-01-02', '2027-02-20'].map(dayOf)).toEqual(['restday', 'restday'])
  })

  it('takes them from the city’s file', () => {
    const holidays = { 2027: { off: ['2027-02-09', '2027-02-10'], work: ['2027-02-20'] } }
    const told = createCalendar({ ...exampleCity, holidays })
    const days = ['2027-02-09', '2027-02-10', '2027-02-11', '2027-02-20', '2027-02-06']
    expect(days.map(date => told(inChina(`${date} 10:00`)).day)).toEqual([
      'holiday',
      'holiday',
      'workday',
      'workday',
      'holiday',
    ])
  })

  it('lets the city’s file go before the notice of a year that has one', () => {
    const holidays = { 2026: { off: ['2026-02-14'], work: ['2026-02-23'] } }
    const told = createCalendar({ ...exampleCity, holidays })
    expect(told(inChina('2026-02-14 10:00')).day).toBe('holiday')
    expect(told(inChina('2026-02-23 10:00')).day).toBe('workday')
    expect(told(inChina('2026-02-28 10:00')).day).toBe('workday')
  })

  it('is told to operators, and at the start in two languages', () => {
    const nowMs = inChina('2026-12-31 23:59')
    expect(calendarTrouble(nowMs, exampleCity)).toMatch(/bridging days of 2027$/)
    const said = (city: City) =>
      welcome({
        settings: readSettings({}),
        city,
        nowMs,
        webUrl: 'http://127.0.0.1:8080',
        token: undefined,
        sip: undefined,
        seats: [],
        startedInMs: 0,
        rules: { units: new Map(), supervision: { district: [], city: [], dispatch: [] } },
        ears: { recognizer: undefined, phrases: [] },
        missing: [],
      })
    expect(said(exampleCity)).toMatch(/2027 年放假安排：尚未收录.*no notice of 2027's make-up/)
    expect(said(exampleCity)).toContain('北京市 Beijing（Asia/Shanghai）')
    const known = { ...exampleCity, holidays: { 2027: { off: [], work: [] } } }
    expect(calendarTrouble(nowMs, known)).toBeUndefined()
    expect(said(known)).not.toContain('放假安排')
  })

  it('is said from two months before it begins, until the city’s file or the house knows it', () => {
    expect(yearsWithoutNotice(inChina('2026-10-15 10:00'), exampleCity)).toEqual([])
    expect(yearsWithoutNotice(inChina('2026-11-20 10:00'), exampleCity)).toEqual([2027])
    expect(yearsWithoutNotice(inChina('2027-01-01 00:00'), exampleCity)).toEqual([2027])
    expect(yearsWithoutNotice(inChina('2027-12-01 00:00'), exampleCity)).toEqual([2027, 2028])
    const holidays = { 2027: { off: [], work: [] } }
    expect(yearsWithoutNotice(inChina('2027-01-01 00:00'), { ...exampleCity, holidays })).toEqual([])
  })
})

it('knows no Chinese holiday abroad, and asks for no notice there', () => {
  const singapore = { ...exampleCity, country: 'SG' as const, timeZone: 'Asia/Singapore' }
  expect(createCalendar(singapore)(inChina('2026-10-01 12:00')).day).toBe('workday')
  expect(yearsWithoutNotice(inChina('2027-01-01 12:00'), singapore)).toEqual([])
})
