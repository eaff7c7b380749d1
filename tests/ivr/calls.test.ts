import { describe, expect, it } from 'vitest'
import { rehearse } from '../../src/ivr/index.ts'
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
