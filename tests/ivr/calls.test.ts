import { describe, expect, it } from 'vitest'
import { readCallFile, rehearse } from '../../src/ivr/index.ts'
import { shippedCalls as calls, shipped } from './shipped.ts'

describe.each([...shipped.flows.keys()])('the flow %s', flow => {
  it.each(calls.filter(call => call.flow === flow).map(call => [call.call, call] as const))(
    '%s',
    (_, call) => {
      expect(rehearse(shipped, call)?.message).toBeUndefined()
    },
  )
})

it('has written calls for every shipped flow, and each once', () => {
  expect(new Set(calls.map(call => call.flow))).toEqual(new Set(shipped.flows.keys()))
  expect(new Set(calls.map(call => `${call.flow} ${call.call}`)).size).toBe(calls.length)
})

it('still reads written calls that call the queue a line, and says what to write', () => {
  const text = [
    'call: 排队',
    'flow: hotline',
    'world: { line: full }',
    'steps:',
    '  - presses: "0"',
    '  - expects: { line: hotline, priority: 0 }',
  ].join('\n')
  const read = readCallFile({ path: 'old.call.yaml', text })
  expect([read.world.queue, read.steps[1]?.expects]).toEqual(['full', { queue: 'hotline', priority: 0 }])
  expect(read.hints.map(({ place, found, expected }) => [place, found, expected])).toEqual([
    ['old.call.yaml:3:10', '"line"', '"queue"'],
    ['old.call.yaml:6:16', '"line"', '"queue"'],
  ])
})
