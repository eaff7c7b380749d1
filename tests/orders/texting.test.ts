/** When those who handle orders are told: not at night what can wait, and not forty times what can be said once. */
import { expect, it } from 'vitest'
import { readLevels } from '../../src/orders/supervising/levels.ts'
import { nextWindow, windowAt } from '../../src/orders/texting/window.ts'
import { calendar, dayMs, hourMs, mondayMs } from './rules-house.ts'

const { texts } = readLevels('{}', 'levels.json')
const minuteMs = 60_000
/** Monday at this hour, in Beijing. */
const at = (hour: number, minute = 0) => mondayMs + (hour - 10) * hourMs + minute * minuteMs

it.each([
  ['a warning of the day waits for the half hour', 'warning', 'general', at(10, 1), at(10, 30)],
  ['one at the very half hour waits for the next', 'warning', 'general', at(10, 30), at(11)],
  ['what somebody has to do is told at once', 'dispatched', 'general', at(10, 1), undefined],
  ['and so is what nobody signed', 'unsigned', 'livelihood', at(10, 1), undefined],
  ['at night neither is told before the morning', 'dispatched', 'general', at(23), at(8) + dayMs],
  ['nor in the small hours', 'warning', 'livelihood', at(3), at(8)],
  ['but an emergency wakes people', 'warning', 'urgent', at(3), undefined],
  ['the last half hour of the day is still told', 'warning', 'general', at(20, 40), at(21)],
] as const)('%s', (_, kind, urgency, nowMs, expected) => {
  expect(windowAt(kind, urgency, texts, nowMs, calendar)).toBe(expected)
})

it('sends each by itself where the city wants no windows, and still wakes nobody', () => {
  const alone = { ...texts, togetherMinutes: 0 }
  expect(windowAt('warning', 'general', alone, at(10, 1), calendar)).toBeUndefined()
  expect(windowAt('warning', 'general', alone, at(22), calendar)).toBe(at(8) + dayMs)
})

it('moves what came too late into a window that is to come', () => {
  expect(nextWindow(texts, at(10, 30), calendar)).toBe(at(11))
  expect(nextWindow(texts, at(21), calendar)).toBe(at(8) + dayMs)
})

it.each([
  '{"texts":{"from":"8:00"}}',
  '{"texts":{"from":"22:00","until":"06:00"}}',
  '{"texts":{"togetherMinutes":-1}}',
  '{"texts":{"atOnce":["soon"]}}',
])('refuses %s with its place', text => {
  expect(() => readLevels(text, 'levels.json')).toThrow(
    expect.objectContaining({ message: expect.stringMatching(/levels\.json:1:\d+ texts/) }),
  )
})
