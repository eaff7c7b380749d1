import { expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { createPace } from '../../src/telephony/lines/twilio/pace.ts'

/** Turns in the order and at the ms at which they came. */
function watched(perSecond: number) {
  const clock = createManualClock()
  const begunMs = clock.monotonicMs()
  const pace = createPace(clock, perSecond)
  const turns: string[] = []
  return {
    clock,
    turns,
    take: (name: string, isUrgent = false, signal?: AbortSignal) =>
      pace.turn(isUrgent, signal).then(
        () => turns.push(`${name} ${clock.monotonicMs() - begunMs}`),
        () => turns.push(`${name} gave up`),
      ),
  }
}

it('gives so many turns a second, the first at once', async () => {
  const { clock, turns, take } = watched(4)
  for (const name of ['a', 'b', 'c']) void take(name)
  await clock.advance(2_000)
  void take('d')
  void take('e')
  await clock.advance(1_000)
  expect(turns).toEqual(['a 0', 'b 250', 'c 500', 'd 2000', 'e 2250'])
})

it('lets who waits on the line go before what can wait', async () => {
  const { clock, turns, take } = watched(1)
  for (const name of ['job 1', 'job 2', 'job 3']) void take(name)
  void take('caller', true)
  await clock.advance(5_000)
  expect(turns).toEqual(['job 1 0', 'caller 1000', 'job 2 2000', 'job 3 3000'])
})

it('gives nobody’s turn away who has given up', async () => {
  const { clock, turns, take } = watched(1)
  const giveUp = new AbortController()
  void take('first')
  void take('second', false, giveUp.signal)
  void take('third')
  giveUp.abort()
  await take('fourth', false, giveUp.signal)
  await clock.advance(5_000)
  expect(turns).toEqual(['first 0', 'second gave up', 'fourth gave up', 'third 1000'])
})
