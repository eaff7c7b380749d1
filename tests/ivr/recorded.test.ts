/** Nobody is recorded who was not told: what flows say of it, what the proof asks, and what a call hears. */
import { expect, it } from 'vitest'
import { readFlows } from '../../src/ivr/index.ts'
import { beginning, step } from '../../src/ivr/step.ts'
import type { Effect } from '../../src/ivr/turn.ts'
import { verify } from '../../src/ivr/verify/verify.ts'
import { shipped } from './shipped.ts'
import { sound } from './verify-flow.ts'

const broken = (...changes: readonly (readonly [string, string])[]) => {
  const text = changes.reduce((before, [from, to]) => {
    expect(before).toContain(from)
    return before.replace(from, to)
  }, sound)
  return verify(readFlows([{ path: 'sound.yaml', text }])).flows.flatMap(({ failures }) =>
    failures.filter(({ rule }) => rule === 'who-is-recorded-is-told').map(({ found }) => found),
  )
}

it('asks for the notice on every way to the queue, in every language, once a flow says it anywhere', () => {
  const hold = '{ zh-CN: 请稍候。, en: Please hold. }'
  expect(broken()).toEqual([])
  expect(
    broken([hold, '{ zh-CN: "{recorded}会录音。请稍候。", en: "{recorded}Recorded. Please hold." }']),
  ).toEqual([])
  expect(broken([hold, '{ zh-CN: "{recorded}会录音。请稍候。", en: Please hold. }'])).toEqual([
    '"line" without {recorded} in en',
  ])
  const asked = '{ zh-CN: 请输入工单号。, en: Key in your order. }'
  expect(
    new Set(broken([asked, '{ zh-CN: "{recorded}会录音。请输入。", en: "{recorded}Recorded. Key it in." }'])),
  ).toEqual(new Set(['"line" before anything says {recorded}']))
})

it('tells it once to whoever heard it to its end, and anew to whoever did not', () => {
  const said = (effects: readonly Effect[]) =>
    effects.flatMap(effect => (effect.kind === 'say' ? effect.utterances.map(({ text }) => text) : []))
  const begun = step(shipped, beginning('hotline'), {
    kind: 'started',
    facts: { caller: '13800138000', isRecorded: true },
  })
  const queued = step(shipped, begun.state, { kind: 'key', key: '0' })
  expect(said(queued.effects)).toEqual(['通话会录音。正在为您接通话务员，请稍候。'])
  const cut = step(shipped, queued.state, { kind: 'key', key: '*' })
  expect(said(step(shipped, cut.state, { kind: 'key', key: '0' }).effects).join('')).toContain('通话会录音')
  const heard = step(shipped, queued.state, { kind: 'promptDone' })
  const elder = step(shipped, heard.state, { kind: 'key', key: '*' })
  expect(said(step(shipped, elder.state, { kind: 'key', key: '0' }).effects).join('')).not.toContain(
    '通话会录音',
  )
  const elsewhere = step(shipped, beginning('hotline'), {
    kind: 'started',
    facts: { caller: '13800138000' },
  })
  expect(said(step(shipped, elsewhere.state, { kind: 'key', key: '0' }).effects)).toEqual([
    '正在为您接通话务员，请稍候。',
  ])
})
