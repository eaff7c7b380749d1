import { expect, it } from 'vitest'
import { newId } from '../../src/foundation/index.ts'
import { createFlowLibrary, readFlows } from '../../src/ivr/index.ts'
import { shipped, shippedSources } from './shipped.ts'

const changed = readFlows(
  shippedSources().map(({ path, text }) => ({ path, text: text.replaceAll('感谢您的来电', '多谢来电') })),
)

it('gives new calls the new flows, and the old ones to nobody', () => {
  const library = createFlowLibrary({ standing: shipped })
  expect(library.current(newId('call'))).toBe(shipped)
  library.use({ standing: changed })
  expect(library.current(newId('call'))).toBe(changed)
  expect(library.current()).toBe(changed)
})

it('tries flows on a share of the calls, always the same for one call, until the trial ends', () => {
  const library = createFlowLibrary({ standing: shipped, trial: { set: changed, share: 0.05 } })
  const calls = Array.from({ length: 4000 }, () => newId('call'))
  const chosen = calls.filter(call => library.current(call) === changed)
  expect(chosen.length / calls.length).toBeGreaterThan(0.03)
  expect(chosen.length / calls.length).toBeLessThan(0.07)
  expect(chosen.every(call => library.current(call) === changed)).toBe(true)
  expect(library.current()).toBe(shipped)
  library.use({ standing: shipped })
  expect(calls.some(call => library.current(call) === changed)).toBe(false)
})
