import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantOf, placeTime, startOfDay } from '../../src/city/index.ts'

const utc = (text: string) => Date.parse(`${text}Z`)

it.each([
  ['2026-02-17 03:00', 'Asia/Shanghai', '2026-02-16T19:00'],
  ['2026-02-17', 'Asia/Shanghai', '2026-02-16T16:00'],
  ['2026-02-17', 'America/New_York', '2026-02-17T05:00'],
  ['2026-07-01 12:00', 'America/New_York', '2026-07-01T16:00'],
  // The morning on which clocks are put forward, before, in and after the hour that is passed over.
  ['2026-03-08 01:59', 'America/New_York', '2026-03-08T06:59'],
  ['2026-03-08 02:30', 'America/New_York', '2026-03-08T07:30'],
  ['2026-03-08 03:00', 'America/New_York', '2026-03-08T07:00'],
  // The one on which an hour comes twice.
  ['2026-11-01 01:30', 'America/New_York', '2026-11-01T05:30'],
  ['2026-11-01 02:00', 'America/New_York', '2026-11-01T07:00'],
])('%s in %s is %s in UTC', (written, zone, instant) => {
  expect(instantOf(written, zone)).toBe(utc(instant))
})

it('calls what is no time none', () => {
  expect(instantOf('2026-13-01', 'Asia/Shanghai')).toBeNaN()
  expect(instantOf('2026-01-01 25:00', 'Asia/Shanghai')).toBeNaN()
  expect(instantOf('gestern', 'Asia/Shanghai')).toBeNaN()
})

it('finds the beginning of a day that clocks make shorter or longer', () => {
  expect(startOfDay(utc('2026-03-08T20:00'), 'America/New_York')).toBe(utc('2026-03-08T05:00'))
  expect(startOfDay(utc('2026-11-01T20:00'), 'America/New_York')).toBe(utc('2026-11-01T04:00'))
  expect(startOfDay(utc('2026-11-28T20:00'), 'Asia/Shanghai')).toBe(utc('2026-11-28T16:00'))
})

it('reads back what a clock on the wall shows, anywhere', () => {
  const zones = [
    'Asia/Shanghai',
    'Asia/Urumqi',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
  ]
  fc.assert(
    fc.property(
      fc.integer({ min: utc('2000-01-01'), max: utc('2060-01-01') }),
      fc.constantFrom(...zones),
      (atMs, zone) => {
        const { date, minute } = placeTime(atMs, zone)
        const written = `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        expect(placeTime(instantOf(written, zone), zone)).toEqual({ date, minute })
      },
    ),
  )
})
