import { expect, it } from 'vitest'
import { createManualClock, keptFigures } from '../../src/foundation/index.ts'

const minuteMs = 60_000

function counter() {
  const clock = createManualClock()
  const figures = keptFigures<number>(clock, value => value >= 10)
  let counts = 0
  return {
    clock,
    counts: () => counts,
    ask: (value: number) =>
      figures('all', async () => {
        counts += 1
        return value
      }),
  }
}

it('counts what is little whenever somebody asks, and what is much once a minute, however many ask', async () => {
  const { clock, ask, counts } = counter()
  expect([await ask(1), await ask(2)]).toEqual([1, 2])
  expect(await Promise.all([ask(10), ask(11), ask(12)])).toEqual([10, 10, 10])
  expect([await ask(13), counts()]).toEqual([10, 3])
  await clock.advance(minuteMs)
  // Once more as it was, while it is counted anew behind it.
  expect(await ask(14)).toBe(10)
  expect([await ask(15), counts()]).toEqual([14, 4])
})

it('shows nobody what was counted ten minutes ago, and keeps no failure', async () => {
  const { clock, ask } = counter()
  await ask(10)
  await clock.advance(10 * minuteMs)
  expect(await ask(11)).toBe(11)
  const figures = keptFigures<number>(clock, () => true)
  await expect(figures('all', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await figures('all', async () => 12)).toBe(12)
})
