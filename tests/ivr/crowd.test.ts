import { expect, it } from 'vitest'
import { createFlowCrowd } from '../../src/ivr/index.ts'
import type { CallFact, CallId } from '../../src/telephony/index.ts'

it('knows in which state each call is, until a person has it or it is over', () => {
  const written: CallFact[] = []
  const crowd = createFlowCrowd()
  const { write } = crowd.follow({ write: (_call, fact) => written.push(fact) })
  const [one, two, three] = ['call_1', 'call_2', 'call_3'] as CallId[] as [CallId, CallId, CallId]
  const states = () =>
    Object.fromEntries([...crowd.count()].map(([flow, found]) => [flow, Object.fromEntries(found)]))
  for (const call of [one, two, three]) write(call, { kind: 'flow', flow: 'hotline', state: 'greeting' })
  expect(states()).toEqual({ hotline: { greeting: 3 } })
  write(one, { kind: 'flow', flow: 'hotline', state: 'line' })
  write(two, { kind: 'flow', flow: 'elder', state: 'greeting' })
  expect(states()).toEqual({ hotline: { greeting: 1, line: 1 }, elder: { greeting: 1 } })
  write(one, { kind: 'connected', seat: 's1', seatCall: 'call_9' as CallId })
  write(two, { kind: 'ended', by: 'them', reason: 'hung-up' })
  expect(states()).toEqual({ hotline: { greeting: 1 } })
  expect(written).toHaveLength(7)
})
