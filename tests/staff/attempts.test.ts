import { expect, it } from 'vitest'
import { createAttempts } from '../../src/staff/attempts.ts'

it('lets a few be wrong, then waits twice as long each time, up to a quarter of an hour', () => {
  const attempts = createAttempts(3)
  const waits: number[] = []
  for (let tries = 0; tries < 16; tries++) {
    waits.push(attempts.waitMs('li', 0))
    attempts.note('li', 0)
  }
  expect(waits.slice(0, 6)).toEqual([0, 0, 0, 1_000, 2_000, 4_000])
  expect(waits.at(-1)).toBe(15 * 60_000)
  expect(attempts.waitMs('li', 15 * 60_000)).toBe(0)
  expect(attempts.waitMs('wang', 0)).toBe(0)
})

it('counts down as time goes by, and forgets in an hour', () => {
  const attempts = createAttempts(1)
  for (let tries = 0; tries < 5; tries++) attempts.note('li', 0)
  expect(attempts.waitMs('li', 10_000)).toBe(6_000)
  expect(attempts.waitMs('li', 3_600_000)).toBe(0)
  attempts.note('li', 3_600_000)
  expect(attempts.waitMs('li', 3_600_000)).toBe(1_000)
})

it('takes back what proved right, and remembers ten thousand at most', () => {
  const attempts = createAttempts(1)
  attempts.note('office', 0)
  attempts.note('office', 0)
  attempts.takeBack('office')
  expect(attempts.waitMs('office', 0)).toBe(1_000)
  attempts.forget('office')
  expect(attempts.waitMs('office', 0)).toBe(0)
  attempts.note('first', 0)
  for (let name = 0; name < 10_000; name++) attempts.note(`guess-${name}`, 0)
  expect([attempts.waitMs('first', 0), attempts.waitMs('guess-9999', 0)]).toEqual([0, 1_000])
})
