import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCallFile, rehearse } from '../../src/ivr/index.ts'
import { flowsDirectory, shipped } from './shipped.ts'

const calls = readdirSync(join(flowsDirectory, 'calls'))
  .filter(name => name.endsWith('.call.yaml'))
  .map(name => {
    const path = `ivr-flows/calls/${name}`
    return readCallFile({ path, text: readFileSync(join(flowsDirectory, 'calls', name), 'utf8') })
  })

describe.each([...shipped.flows.keys()])('the flow %s', flow => {
  it.each(calls.filter(call => call.flow === flow).map(call => [call.call, call] as const))(
    '%s',
    (_, call) => {
      expect(rehearse(shipped, call).fault?.message).toBeUndefined()
    },
  )
})

it('has written calls for every shipped flow, and each once', () => {
  expect(new Set(calls.map(call => call.flow))).toEqual(new Set(shipped.flows.keys()))
  expect(new Set(calls.map(call => `${call.flow} ${call.call}`)).size).toBe(calls.length)
})
