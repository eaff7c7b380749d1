/** A flow that asks for the day and the hour itself, as a city may write one. */
import { expect, it } from 'vitest'
import { exampleCity, instantOf } from '../../src/city/index.ts'
import { ordinaryWorld, readFlows, simulate } from '../../src/ivr/index.ts'
import { sound } from './verify-flow.ts'

const timed = sound.replace('start: hello', 'start: when').replace(
  'states:\n',
  `states:
  when:
    branch:
      cases:
        - when: { days: workday, hours: "09:00-18:00" }
          go: hello
        - when: { days: sunday, hours: "20:00-08:00" }
          go: bye
      else: line
`,
)
const flows = readFlows([{ path: 'timed.yaml', text: timed }])

it.each([
  ['a workday from nine', '2026-03-11 09:00', 'hello'],
  ['until the last minute', '2026-03-11 17:59', 'hello'],
  ['not a minute more', '2026-03-11 18:00', 'line'],
  ['nor a minute before', '2026-03-11 08:59', 'line'],
  ['a make-up Saturday', '2026-02-28 10:00', 'hello'],
  ['a Saturday', '2026-03-14 10:00', 'line'],
  ['Spring Festival', '2026-02-17 10:00', 'line'],
  ['a Sunday before midnight', '2026-03-15 23:00', 'bye'],
  ['a Sunday after midnight', '2026-03-15 07:59', 'bye'],
])('%s', (_, written, node) => {
  const atMs = instantOf(written, exampleCity.timeZone)
  const simulation = simulate(flows, 'sound', { ...ordinaryWorld, atMs })
  simulation.advance(10)
  expect(simulation.state().node).toBe(node)
})
