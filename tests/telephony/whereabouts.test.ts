import { expect, it } from 'vitest'
import { newId } from '../../src/foundation/index.ts'
import type { CallFact } from '../../src/telephony/index.ts'
import { createWhereabouts } from '../../src/telephony/index.ts'

const invited = (direction: 'in' | 'out'): CallFact => ({
  kind: 'invited',
  line: 'sip',
  direction,
  caller: '1',
  called: '2',
})

it('knows where a caller is, from the ring to the end', () => {
  const whereabouts = createWhereabouts()
  const call = newId('call')
  const walk: readonly (readonly [CallFact, string])[] = [
    [invited('in'), 'ringing'],
    [{ kind: 'flow', flow: 'hotline', state: 'greeting' }, 'flow greeting'],
    [{ kind: 'key', key: '0', source: 'tone' }, 'flow greeting'],
    [{ kind: 'queued', place: 1 }, 'queue'],
    [{ kind: 'offered', seat: 's1' }, 'offered'],
    [{ kind: 'offer-failed', seat: 's1', reason: 'no-answer' }, 'queue'],
    [{ kind: 'connected', seat: 's2', seatCall: newId('call') }, 'talking'],
    [{ kind: 'held', held: true }, 'held'],
    [{ kind: 'offered', seat: 's3' }, 'held'],
    [{ kind: 'offer-failed', seat: 's3', reason: 'no-answer' }, 'held'],
    [{ kind: 'held', held: false }, 'talking'],
    [{ kind: 'transferred', to: '110' }, 'outside'],
    [{ kind: 'ended', by: 'them', reason: 'hung-up' }, 'nowhere'],
    [{ kind: 'flow', flow: 'hotline', state: 'late' }, 'nowhere'],
  ]
  for (const [fact, expected] of walk) {
    whereabouts.write(call, fact)
    const [found] = whereabouts.count()
    const at = found?.place.at === 'flow' ? `flow ${found.place.state}` : (found?.place.at ?? 'nowhere')
    expect([fact.kind, at]).toEqual([fact.kind, expected])
  }
})

it('counts callers by place, who was rung for a survey among them, and no leg to a seat', () => {
  const whereabouts = createWhereabouts()
  for (let calls = 0; calls < 3; calls++) {
    const call = newId('call')
    whereabouts.write(call, invited('in'))
    whereabouts.write(call, { kind: 'queued', place: 1 })
  }
  whereabouts.write(newId('call'), invited('out'))
  const survey = newId('call')
  whereabouts.write(survey, invited('out'))
  whereabouts.write(survey, { kind: 'flow', flow: 'survey', state: 'intro' })
  expect(whereabouts.count()).toEqual([
    { place: { at: 'queue' }, calls: 3 },
    { place: { at: 'flow', flow: 'survey', state: 'intro' }, calls: 1 },
  ])
})
