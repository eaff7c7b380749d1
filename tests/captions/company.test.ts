import { expect, it } from 'vitest'
import { createCompany } from '../../src/captions/company.ts'
import type { Call, CallFact, CallId } from '../../src/telephony/index.ts'

const [third, supervisor] = ['call_t', 'call_b'] as unknown as readonly [CallId, CallId]

type PartyFact = Extract<CallFact, { kind: 'party' }>

function listening() {
  const told: string[] = []
  const stopped: string[] = []
  const company = createCompany({
    agentOf: seat => (seat === 's2' ? 1002 : undefined),
    legOf: id => ({ id }) as Call,
    tell: (event, detail) => void told.push([event, detail?.name?.[0]].filter(Boolean).join(' ')),
    attend: () => undefined,
    stopListening: id => void stopped.push(id),
    stopOthers: () => void stopped.push('others'),
  })
  const party = (who: PartyFact['who'], is: PartyFact['is'], more: Partial<PartyFact> = {}) =>
    company.follow({ kind: 'party', who, name: who === 'third' ? 's2' : 'chen', is, ...more })
  const others = () => company.others().map(({ id }) => String(id))
  return { company, party, told, stopped, others }
}

it('has the words of a third on the screen while the caller hears them, and not while the seat asks them alone', () => {
  const { company, party, told, stopped, others } = listening()
  party('third', 'here', { leg: third })
  company.hold(true)
  expect([others(), company.isHeld(), stopped]).toEqual([[], true, ['others']])
  company.hold(false)
  party('third', 'joined', { leg: third })
  expect(others()).toEqual(['call_t'])
  party('third', 'held', { leg: third })
  expect([others(), stopped]).toEqual([[], ['others', 'call_t']])
  party('third', 'joined', { leg: third })
  party('third', 'gone', { reason: 'hung-up' })
  expect(others()).toEqual([])
  expect(told).toEqual([
    'hold',
    'resumed',
    'third-joined 1002 号话务员',
    'third-joined 1002 号话务员',
    'third-left 1002 号话务员',
  ])
})

it('says nothing of a supervisor who listens or whispers, and takes none for the third', () => {
  const { party, told, others } = listening()
  party('third', 'joined', { leg: third })
  party('supervisor', 'here', { leg: supervisor, how: 'listening' })
  party('supervisor', 'here', { leg: supervisor, how: 'whispering' })
  expect([others(), told.length]).toEqual([['call_t'], 1])
  party('supervisor', 'here', { leg: supervisor, how: 'speaking' })
  expect(others()).toEqual(['call_t', 'call_b'])
  party('supervisor', 'gone')
  expect([others(), told.at(-1)]).toEqual([['call_t'], 'third-left 班长'])
})

it('has the words of whoever is muted on nobody’s screen, until they are heard again', () => {
  const { company, party, told, stopped, others } = listening()
  const caller = 'call_c' as CallId
  company.mute({ kind: 'muted', who: 'caller', muted: true }, caller)
  expect([company.isMuted('caller'), stopped]).toEqual([true, ['call_c']])
  company.mute({ kind: 'muted', who: 'caller', muted: false }, caller)
  party('third', 'joined', { leg: third })
  company.mute({ kind: 'muted', who: 'third', muted: true }, caller)
  expect([others(), stopped]).toEqual([[], ['call_c', 'call_t']])
  company.mute({ kind: 'muted', who: 'third', muted: false }, caller)
  expect([others(), company.isMuted('caller')]).toEqual([['call_t'], false])
  company.mute({ kind: 'muted', who: 'third', muted: true }, caller)
  company.begin()
  party('third', 'joined', { leg: third })
  expect(others()).toEqual(['call_t'])
  expect(told.filter(one => one.startsWith('third-left'))).toEqual([])
})
