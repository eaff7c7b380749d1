import { expect, it } from 'vitest'
import { createWaitingTime } from '../../src/cli/waiting-time.ts'
import { createManualClock, sleep } from '../../src/foundation/index.ts'

it('passes only while the caller waits, however long a key takes', async () => {
  const clock = createManualClock()
  const time = createWaitingTime(clock)
  let isAnswered = false
  const never = new AbortController().signal
  void time.pass(300, never).then(() => {
    isAnswered = true
  })
  await clock.advance(10_000)
  expect(isAnswered).toBe(false)

  const waits = (ms: number) => Promise.all([time.during(sleep(clock, ms)), clock.advance(ms)])
  await waits(200)
  await clock.advance(10_000)
  expect(isAnswered).toBe(false)
  await waits(99)
  expect(isAnswered).toBe(false)
  await waits(2)
  expect(isAnswered).toBe(true)
})

it('ends with the signal, also while nobody waits', async () => {
  const time = createWaitingTime(createManualClock())
  const stop = new AbortController()
  const passing = time.pass(300, stop.signal)
  stop.abort(new Error('over'))
  await expect(passing).rejects.toThrow('over')
})
