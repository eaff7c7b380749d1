import { expect, it } from 'vitest'
import { createCalendar } from '../../src/ivr/index.ts'

const inChina = (time: string) => Date.parse(`${time}:00+08:00`)

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
  expect(createCalendar()(inChina(time.replace(' ', 'T')))).toEqual(moment)
})

it('goes by the time of the city, wherever the machine stands', () => {
  const midnightInBeijing = inChina('2026-02-17T00:00')
  expect(createCalendar('Asia/Shanghai')(midnightInBeijing)).toMatchObject({ minute: 0, day: 'holiday' })
  expect(createCalendar('Asia/Urumqi')(midnightInBeijing)).toMatchObject({ minute: 1320, weekday: 'monday' })
})
