import { expect, it } from 'vitest'
import { createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import { flowFor } from '../../src/ivr/index.ts'

const entrances = { hotline: ['12345'], elder: ['12346'], others: [['12347', 'after-hours']] } as const
const day = [{ fromMinute: 540, toMinute: 1080 }]
const byDay = {
  openingHours: { workday: day, restday: [], holiday: [] },
  calendar: createCalendar(exampleCity),
}
const always = { openingHours: exampleCity.openingHours, calendar: createCalendar(exampleCity) }
const at = (written: string) => instantOf(written, exampleCity.timeZone)

it.each([
  ['12345', '2026-03-11 10:00', 'hotline'],
  ['12346', '2026-03-11 10:00', 'elder'],
  ['12345', '2026-03-11 18:00', 'after-hours'],
  ['12346', '2026-03-11 18:00', 'after-hours'],
  ['12345', '2026-03-14 10:00', 'after-hours'],
  ['12345', '2026-10-01 10:00', 'after-hours'],
  ['12345', '2026-02-28 10:00', 'hotline'],
  ['12347', '2026-03-11 10:00', 'after-hours'],
  ['99999', '2026-03-11 10:00', undefined],
  ['99999', '2026-03-11 20:00', undefined],
])('%s at %s leads to %s', (called, written, flow) => {
  expect(flowFor(called, at(written), entrances, byDay)).toBe(flow)
})

it('leads to the hotline at any time where the city says no hours, and a number to its own flow all the same', () => {
  for (const written of ['2026-03-11 03:00', '2026-10-01 10:00']) {
    expect(flowFor('12345', at(written), entrances, always)).toBe('hotline')
    expect(flowFor('12347', at(written), entrances, always)).toBe('after-hours')
  }
})
