import { expect, it } from 'vitest'
import { createManualClock, sleep, withDeadline } from '../../src/foundation/index.ts'

it('runs what falls due in order of time, also what a timer starts within the move', async () => {
  const clock = createManualClock(0)
  const seen: string[] = []
  clock.after(20, () => seen.push(`b@${clock.now()}`))
  clock.after(10, () => {
    seen.push(`a@${clock.now()}`)
    clock.after(5, () => seen.push(`a2@${clock.now()}`))
  })
  await clock.advance(20)
  expect(seen).toEqual(['a@10', 'a2@15', 'b@20'])
  expect(clock.pending()).toBe(0)
})

it('lets a sleeper be woken early, and leaves no timer behind', async () => {
  const clock = createManualClock()
  const wake = new AbortController()
  const asleep = sleep(clock, 1000, wake.signal)
  wake.abort(new Error('up'))
  await expect(asleep).rejects.toThrow('up')
  expect(clock.pending()).toBe(0)
})

it('turns work that is late into the error it was given', async () => {
  const clock = createManualClock()
  const late = withDeadline(clock, 50, new Promise<never>(() => undefined), () => new Error('late'))
  const outcome = late.catch(error => (error as Error).message)
  await clock.advance(50)
  expect(await outcome).toBe('late')
  expect(await withDeadline(clock, 50, Promise.resolve(7), () => new Error('late'))).toBe(7)
  expect(clock.pending()).toBe(0)
})
