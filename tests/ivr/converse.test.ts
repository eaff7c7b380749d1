import { expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { ordinaryWorld, type SimulatedEvent, startConversation } from '../../src/ivr/index.ts'
import { shipped } from './shipped.ts'

function talk(world = ordinaryWorld) {
  const clock = createManualClock()
  const told: SimulatedEvent[] = []
  const conversation = startConversation(shipped, 'hotline', world, {
    clock,
    tell: happening => told.push(happening),
  })
  return { clock, told, conversation }
}

it('takes its time by the clock, and ends when a person answers', async () => {
  const { clock, told, conversation } = talk({ ...ordinaryWorld, answersAfterMs: 4000 })
  await clock.advance(5000)
  expect(told.map(one => one.kind)).toEqual(['heard'])
  await clock.advance(10_000)
  expect(told.map(one => one.kind)).toEqual(['heard', 'queue', 'heard', 'served'])
  expect(told.every((one, index) => one.atMs >= (told[index - 1]?.atMs ?? 0))).toBe(true)
  await conversation.over
  expect(clock.pending()).toBe(0)
})

it('hears keys when they are pressed, and a caller who hangs up', async () => {
  const { clock, told, conversation } = talk()
  await clock.advance(2000)
  conversation.press('0')
  expect(told.at(-1)).toMatchObject({ kind: 'heard', text: '正在为您接通话务员，请稍候。', atMs: 2000 })
  conversation.hangup()
  await conversation.over
  expect(told.at(-1)).toEqual({ kind: 'ended', by: 'them', atMs: 2000 })
  expect(clock.pending()).toBe(0)
})
