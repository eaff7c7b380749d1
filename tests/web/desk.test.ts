import { expect, it } from 'vitest'
import type { SeatView, TalkView, ToSeatPage } from '../../src/http/contract.ts'
import { blank, shownAfter } from '../../src/web/seat/desk-shown.ts'

const seat = { name: 's1', display: '张三', state: 'talking', sinceMs: 0 } as SeatView
const desk = (of: Partial<SeatView> = {}): ToSeatPage => ({
  kind: 'desk',
  seat: { ...seat, ...of },
  waiting: 0,
  others: [],
  numbers: [],
  units: [],
  nowMs: 0,
})
const talk = (id: string, phase: TalkView['phase'] = 'talking'): ToSeatPage => ({
  kind: 'talk',
  talk: { id, number: '', reason: 'hotline', phase, parties: { muted: [] }, invitedAtMs: 0 },
})
const over: ToSeatPage = { kind: 'talk' }
const refused = (order: Extract<ToSeatPage, { kind: 'refused' }>['order']): ToSeatPage => ({
  kind: 'refused',
  order,
  code: 'no-answer',
})
const refusalAfter = (...messages: readonly ToSeatPage[]) => messages.reduce(shownAfter, blank).refusal

it('shows why a caller could not be handed on while that caller is there, and not to the next', () => {
  const asked = [desk(), talk('call_1'), talk('call_1', 'moving'), talk('call_1'), refused('to-seat')]
  expect(refusalAfter(...asked)?.code).toBe('no-answer')
  expect(refusalAfter(...asked, { kind: 'beat' }, desk(), talk('call_1'))?.code).toBe('no-answer')
  expect(refusalAfter(...asked, over)).toBeUndefined()
  expect(refusalAfter(...asked, talk('call_2', 'ringing'))).toBeUndefined()
  expect(refusalAfter(desk(), talk('call_1', 'moving'), over, refused('outside'))).toBeUndefined()
})

it('shows why a seat cannot be ready until something about the seat changes', () => {
  const asked = [desk({ state: 'away' }), refused('ready')]
  expect(refusalAfter(...asked)?.code).toBe('no-answer')
  expect(refusalAfter(...asked, desk({ state: 'away' }))?.code).toBe('no-answer')
  expect(refusalAfter(...asked, desk({ state: 'away', contact: 'browser:s1' }))).toBeUndefined()
  expect(refusalAfter(...asked, desk({ state: 'ready' }))).toBeUndefined()
})

it('keeps whom it talked to when they hang up, until it talks to somebody else', () => {
  const after = (...messages: readonly ToSeatPage[]) => messages.reduce(shownAfter, blank).last?.id
  expect(after(desk(), talk('call_1', 'ringing'), over)).toBeUndefined()
  expect(after(desk(), talk('call_1'), over, desk({ state: 'wrap-up' }))).toBe('call_1')
  expect(after(talk('call_1'), over, desk({ state: 'ready' }), talk('call_2', 'ringing'))).toBe('call_1')
  expect(after(talk('call_1'), over, talk('call_2', 'ringing'), talk('call_2'))).toBe('call_2')
})

it('keeps why a citizen was not reached, whom nobody talks to', () => {
  expect(refusalAfter(desk(), refused('call-back'))?.code).toBe('no-answer')
})
