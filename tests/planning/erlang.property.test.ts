/** A simulation that knows no formula. */
import { expect, it } from 'vitest'
import { byErlangA } from '../../src/planning/index.ts'
import { simulate } from './simulation.ts'

const impatient = { calls: 100, seconds: 1800, handlingSeconds: 180, patienceSeconds: 120 }

it('Erlang A agrees with a simulation, below the load and above it', () => {
  for (const agents of [6, 10, 14]) {
    const said = byErlangA(impatient, agents, 15)
    const seen = simulate(impatient, { agents, soonSeconds: 15, callers: 1_500_000 })
    for (const figure of ['waits', 'level', 'abandons', 'occupancy'] as const)
      expect(Math.abs(said[figure] - seen[figure]), `${figure}, ${agents} agents`).toBeLessThan(0.01)
    expect(Math.abs(said.waitSeconds / seen.waitSeconds - 1)).toBeLessThan(0.03)
  }
})
