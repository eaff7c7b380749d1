import { expect, it } from 'vitest'
import { Fault, newId } from '../../src/foundation/index.ts'
import { createFlowLibrary } from '../../src/ivr/index.ts'
import { shippedSources } from './shipped.ts'

const changed = () =>
  shippedSources().map(({ path, text }) => ({ path, text: text.replaceAll('感谢您的来电', '多谢来电') }))
const broken = () =>
  shippedSources().map(({ path, text }) => ({ path, text: text.replace('start: ', 'star: ') }))

it('gives new calls the new flows, and goes back on request', () => {
  const library = createFlowLibrary(shippedSources())
  const first = library.current(newId('call'))
  const second = library.load(changed())
  expect(library.current(newId('call'))).toBe(second)
  expect(second.version).not.toBe(first.version)
  expect(library.rollback()).toBe(first)
  expect(library.current(newId('call'))).toBe(first)
  expect(library.rollback()).toBeUndefined()
})

it('refuses broken flows, and goes on with the old ones', () => {
  const library = createFlowLibrary(shippedSources())
  const first = library.current(newId('call'))
  expect(() => library.load(broken())).toThrow(/did you mean "start"/)
  expect(library.current(newId('call'))).toBe(first)
})

it('refuses flows whose proof fails', () => {
  const fault = new Fault({
    code: 'no-person',
    place: 'hotline.yaml:9:3',
    found: 'none',
    expected: 'a person',
  })
  expect(() => createFlowLibrary(shippedSources(), () => [fault])).toThrow('hotline.yaml:9:3')
})

it('tries flows on a share of the calls, always the same for one call, until the trial ends', () => {
  const library = createFlowLibrary(shippedSources())
  const trial = library.load(changed(), 0.05)
  const calls = Array.from({ length: 4000 }, () => newId('call'))
  const chosen = calls.filter(call => library.current(call) === trial)
  expect(chosen.length / calls.length).toBeGreaterThan(0.03)
  expect(chosen.length / calls.length).toBeLessThan(0.07)
  expect(chosen.every(call => library.current(call) === trial)).toBe(true)
  library.rollback()
  expect(calls.some(call => library.current(call) === trial)).toBe(false)
})
