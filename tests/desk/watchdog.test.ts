import { expect, it } from 'vitest'
import { type CallQueue, join } from '../../src/desk/queue.ts'
import { ordinaryRules as rules } from '../../src/desk/queue-rules.ts'
import type { QueueSeat } from '../../src/desk/skills.ts'
import { createWatchdog } from '../../src/desk/watchdog.ts'
import { createManualClock, silentLog } from '../../src/foundation/index.ts'
import type { CallId } from '../../src/telephony/index.ts'

const waiting = (skills: readonly string[] = []) =>
  join([], { id: 'call_1' as CallId, sinceMs: 0, rankMs: 0, skills })
const seat = (isReady: boolean, skills: readonly string[] = []): QueueSeat => ({
  name: 's1',
  skills,
  isReady,
  turn: 0,
})

function openWatch(queue: CallQueue, first: readonly QueueSeat[]) {
  const clock = createManualClock(0)
  let seats = first
  let asked = 0
  const watchdog = createWatchdog({
    clock,
    log: silentLog,
    rules,
    queue: async () => queue,
    seats: () => seats,
    onOverlooked: () => void asked++,
  })
  watchdog.watch(true)
  return {
    clock,
    watchdog,
    seatsAre: (next: readonly QueueSeat[]) => {
      seats = next
    },
    asked: () => asked,
  }
}

it('counts a caller who waits beside a free seat, once, and has the desk asked again', async () => {
  const { clock, watchdog, asked } = openWatch(waiting(), [seat(true)])
  await clock.advance(1_000)
  expect(watchdog.figures().overlooked, 'not yet a second').toBe(0)
  await clock.advance(500)
  expect([watchdog.figures(), asked()]).toEqual([{ overlooked: 1, lastAtMs: 1_500 }, 1])
  await clock.advance(10_000)
  expect(watchdog.figures().overlooked).toBe(1)
  watchdog.watch(false)
  expect(clock.pending()).toBe(0)
})

it('finds nothing wrong where no seat is free, none may serve them, or one was free for a moment', async () => {
  const busy = openWatch(waiting(), [seat(false)])
  const other = openWatch(waiting(['en']), [seat(true), { ...seat(false, ['en']), name: 's2' }])
  const brief = openWatch(waiting(), [seat(true)])
  for (const { clock } of [busy, other]) await clock.advance(10_000)
  await brief.clock.advance(900)
  brief.seatsAre([seat(false)])
  await brief.clock.advance(600)
  brief.seatsAre([seat(true)])
  await brief.clock.advance(900)
  expect([busy, other, brief].map(({ watchdog }) => watchdog.figures().overlooked)).toEqual([0, 0, 0])
})
