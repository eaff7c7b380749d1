import { expect, it } from 'vitest'
import { floorNow } from '../../src/desk/floor/view.ts'
import { type CallQueue, headMs } from '../../src/desk/queue.ts'
import type { Id } from '../../src/foundation/index.ts'
import type { CallId, CallUp } from '../../src/telephony/index.ts'

const id = (digits: number) => `call_${digits}` as CallId
const up = (digits: number, place: CallUp['place'], seat?: string): CallUp => ({
  id: id(digits),
  line: 'sip',
  direction: 'in',
  number: `1380013800${digits}`,
  invitedAtMs: digits * 1_000,
  placeSinceMs: digits * 1_000,
  place,
  seat,
})
const waits = (digits: number, more: Partial<CallQueue[number]> = {}): CallQueue[number] => ({
  id: id(digits),
  sinceMs: digits * 1_000,
  rankMs: digits * 1_000,
  skills: [],
  offered: false,
  ...more,
})
type Desk = Parameters<typeof floorNow>[0]['desk']
const desk: Desk = {
  seats: () => [],
  at: () => undefined,
  countsAhead: ({ isOwed }) => !isOwed,
  unattended: () => new Map(),
  figures: () => ({ waiting: 2 }) as ReturnType<Desk['figures']>,
}
const look = (calls: readonly CallUp[], queue: CallQueue) =>
  floorNow({
    desk,
    queue,
    calls,
    places: [],
    hasCaptions: call => call === 'call_3',
    mask: number => `*${number.slice(-1)}`,
    nowMs: 10_000,
  })

it('lists who waits first, as the queue has them and why; then who talks; then who is still in a flow', () => {
  const { calls } = look(
    [
      up(1, { at: 'flow', flow: 'hotline', state: 'greeting' }),
      up(2, { at: 'queue' }),
      up(3, { at: 'talking' }, 's1'),
      up(4, { at: 'queue' }),
      up(5, { at: 'queue' }),
    ],
    [
      waits(5, { rankMs: headMs, seat: 's2' }),
      waits(4, { rankMs: 4_000 - 600_000, skills: ['yue'] }),
      waits(2, { sinceMs: 500 }),
    ],
  )
  expect(calls.map(call => call.id)).toEqual(['call_5', 'call_4', 'call_2', 'call_3', 'call_1'])
  expect(calls[0]).toMatchObject({ queuePlace: 1, isAtHead: true, seat: 's2' })
  expect(calls[1]).toMatchObject({ queuePlace: 2, aheadMs: 600_000, skills: ['yue'] })
  // Who rang again keeps the place of the call before.
  expect(calls[2]).toMatchObject({ queuePlace: 3, waitingSinceMs: 500, number: '*2' })
  expect([calls[0]?.aheadMs, calls[1]?.isAtHead, calls[3]?.queuePlace]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(calls[3]).toMatchObject({ seat: 's1', hasCaptions: true })
})

it('lists 200 at most, and says how many are up', () => {
  const calls = Array.from({ length: 250 }, (_, at) => up(at, { at: 'talking' }))
  const shown = look(calls, [])
  expect([shown.calls.length, shown.callsUp]).toEqual([200, 250])
})

it('shows the places that callers are told: a callback that has a seat of its own counts for none', () => {
  const owed = { ...waits(1), id: 'back_1' as Id<'back'>, isOwed: true as const }
  const { calls } = look([up(2, { at: 'queue' })], [owed, waits(2)])
  expect(calls.map(({ queuePlace }) => queuePlace)).toEqual([1])
})
