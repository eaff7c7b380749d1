import { expect, it } from 'vitest'
import type { FlowEvent } from '../../src/ivr/index.ts'
import { noNotes, noted } from '../../src/surveys/index.ts'

/** What is noted of a call in which these happen, one each second. */
const after = (...events: readonly FlowEvent[]) =>
  events.reduce((notes, event, second) => noted(notes, event, second * 1000), noNotes)

it('counts how long somebody waited for a person, to the answer of one or to their own end', () => {
  const asked: FlowEvent = { kind: 'queued', reason: 'survey' }
  const served = after(
    asked,
    { kind: 'place', place: 1 },
    { kind: 'place', place: 0 },
    { kind: 'unqueued', end: 'served' },
  )
  expect(served.person).toEqual({ served: true, waitedMs: 2000 })
  expect(after(asked, { kind: 'unqueued', end: 'left' }).person).toEqual({ served: false, waitedMs: 1000 })
})

it('counts as served who hangs up on a person, and not who was lost before they talked', () => {
  const start: readonly FlowEvent[] = [
    { kind: 'queued', reason: 'survey' },
    { kind: 'place', place: 0 },
  ]
  expect(after(...start, { kind: 'unqueued', end: 'left' }).person).toEqual({ served: true, waitedMs: 1000 })
  const lost = after(...start, { kind: 'place', place: 1 }, { kind: 'unqueued', end: 'left' })
  expect(lost.person).toEqual({ served: false, waitedMs: 3000 })
})

it('counts no wait where there was no place', () => {
  for (const end of ['full', 'failed'] as const)
    expect(after({ kind: 'queued', reason: 'survey' }, { kind: 'unqueued', end }).person).toEqual({
      served: false,
    })
})

it('notes who was brought to a person and asked for none', () => {
  const brought = after(
    { kind: 'queued', reason: 'survey', unasked: true },
    { kind: 'place', place: 1 },
    { kind: 'unqueued', end: 'left' },
  )
  expect(brought.person).toEqual({ served: false, waitedMs: 2000, unasked: true })
})

it('notes the link that they may answer by, and no other text', () => {
  expect(after({ kind: 'texted', template: 'survey-link' }).isLinked).toBe(true)
  expect(after({ kind: 'texted', template: 'captions' }).isLinked).toBe(false)
})

it('notes when they said why, and no other recording', () => {
  const said = after(
    { kind: 'recording', name: 'reason' },
    { kind: 'recorded', name: 'reason', isKept: false },
  )
  expect(said.reason).toEqual({ fromMs: 0, untilMs: 1000 })
  expect(after({ kind: 'recording', name: 'demand' }).reason).toBeUndefined()
})
