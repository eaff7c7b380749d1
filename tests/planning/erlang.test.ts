/** Published vectors (DOMAIN 12), and what must hold of all numbers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byErlangA,
  byErlangC,
  erlangB,
  erlangC,
  leastAgents,
  loadOf,
  rosteredFor,
  type Traffic,
} from '../../src/planning/index.ts'

const hundred = { calls: 100, seconds: 1800, handlingSeconds: 180 }

describe('Erlang C', () => {
  it('gives the published figures for 100 calls in 30 min of 180 s each and 14 agents', () => {
    expect(loadOf(hundred)).toBe(10)
    expect(erlangC(10, 14)).toBeCloseTo(0.1741319, 7)
    const { waits, level, waitSeconds, occupancy } = byErlangC(hundred, 14, 20)
    expect(waits).toBeCloseTo(0.1741319, 7)
    expect(level).toBeCloseTo(0.88835, 5)
    expect(waitSeconds).toBeCloseTo(7.835937, 6)
    expect(occupancy).toBeCloseTo(0.7142857, 7)
  })

  it('gives the published figures for 1,000 calls an hour of 120 s each and 40 agents', () => {
    const { waits, level, waitSeconds, occupancy } = byErlangC(
      { calls: 1000, seconds: 3600, handlingSeconds: 120 },
      40,
      20,
    )
    expect(waits).toBeCloseTo(0.1907, 4)
    expect(level).toBeCloseTo(0.9372, 4)
    expect(waitSeconds).toBeCloseTo(3.43, 2)
    expect(occupancy).toBeCloseTo(0.8333, 4)
  })

  it('asks for 11 at their seats and 16 on the roster for 25 calls in 10 min, 80 % within 20 s', () => {
    const traffic = { calls: 25, seconds: 600, handlingSeconds: 180 }
    const agents = leastAgents(n => byErlangC(traffic, n, 20), 0.8)
    expect([agents, rosteredFor(agents, 0.3)]).toEqual([11, 16])
  })

  it('asks for 230 or 304 in the busy hour of Beijing, 95 % within 15 s', () => {
    const busyHour = (handlingSeconds: number) =>
      leastAgents(n => byErlangC({ calls: 4261, seconds: 3600, handlingSeconds }, n, 15), 0.95)
    expect([busyHour(180), busyHour(240)]).toEqual([230, 304])
  })
})

describe('Erlang A', () => {
  const impatient = { ...hundred, patienceSeconds: 120 }

  it('gives the figures worked out for a patience of 120 s, with 14 and with 11 agents', () => {
    const [fourteen, eleven] = [byErlangA(impatient, 14, 20), byErlangA(impatient, 11, 20)]
    expect(fourteen.waits).toBeCloseTo(0.12698, 5)
    expect(fourteen.abandons).toBeCloseTo(0.022839, 6)
    expect(eleven.waits).toBeCloseTo(0.38282, 5)
    expect(eleven.abandons).toBeCloseTo(0.094155, 6)
  })

  it('answers in the end whoever did not give up', () => {
    for (const agents of [1, 5, 9, 10, 11, 14, 30]) {
      const { level, abandons } = byErlangA(impatient, agents, 86_400)
      expect(level).toBeCloseTo(1 - abandons, 6)
    }
  })

  it('keeps its digits with a thousand agents, at, below and far over the load', () => {
    for (const load of [10, 700, 950, 1000, 1050, 1500, 20_000])
      for (const patienceSeconds of [1, 30, 600, 7200]) {
        const traffic = { calls: load * 10, seconds: 1800, handlingSeconds: 180, patienceSeconds }
        const { waits, level, abandons, waitSeconds, occupancy } = byErlangA(traffic, 1000, 15)
        for (const share of [waits, level, abandons, occupancy]) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
        // With more calls than agents can take, whoever is too many gives up.
        expect(abandons).toBeGreaterThan(1 - 1000 / load - 1e-9)
        expect(waitSeconds).toBeLessThanOrEqual(patienceSeconds)
      }
  })
})

const traffic = fc.record({
  calls: fc.integer({ min: 1, max: 3000 }),
  seconds: fc.constant(1800),
  handlingSeconds: fc.integer({ min: 20, max: 900 }),
  patienceSeconds: fc.integer({ min: 5, max: 1200 }),
})
const soon = fc.integer({ min: 0, max: 120 })

describe('of all traffic', () => {
  it('is never worse with one agent more', () => {
    fc.assert(
      fc.property(traffic, soon, fc.integer({ min: 0, max: 400 }), (given, soonSeconds, agents) => {
        for (const predict of [byErlangC, byErlangA] as const) {
          const [few, more] = [predict(given, agents, soonSeconds), predict(given, agents + 1, soonSeconds)]
          expect(more.level).toBeGreaterThanOrEqual(few.level - 1e-7)
          expect(more.waits).toBeLessThanOrEqual(few.waits + 1e-9)
          expect(more.abandons).toBeLessThanOrEqual(few.abandons + 1e-9)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('comes to Erlang C when patience is endless, where the queue does not grow', () => {
    fc.assert(
      fc.property(traffic, soon, fc.integer({ min: 1, max: 40 }), (given, soonSeconds, spare) => {
        const agents = Math.ceil(loadOf(given)) + spare
        const patient = byErlangA({ ...given, patienceSeconds: 1e12 }, agents, soonSeconds)
        const endless = byErlangC(given, agents, soonSeconds)
        for (const figure of ['waits', 'level', 'occupancy'] as const)
          expect(patient[figure]).toBeCloseTo(endless[figure], 5)
      }),
      { numRuns: 200 },
    )
    const never = { ...hundred, patienceSeconds: Number.POSITIVE_INFINITY }
    expect(byErlangA(never, 14, 20)).toEqual(byErlangC(hundred, 14, 20))
  })

  it('finds the fewest who do: one less would not', () => {
    fc.assert(
      fc.property(traffic, fc.double({ min: 0.5, max: 0.99, noNaN: true }), (given, target) => {
        for (const predict of [byErlangC, byErlangA] as const) {
          const agents = leastAgents(n => predict(given, n, 15), target, loadOf(given))
          expect(predict(given, agents, 15).level).toBeGreaterThanOrEqual(target)
          expect(predict(given, agents - 1, 15).level).toBeLessThan(target)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('asks for as many wherever the search begins', () => {
    fc.assert(
      fc.property(traffic, fc.double({ min: 0.5, max: 0.99, noNaN: true }), (given, target) => {
        const predict = (agents: number) => byErlangA(given, agents, 15)
        expect(leastAgents(predict, target, loadOf(given))).toBe(leastAgents(predict, target))
      }),
      { numRuns: 60 },
    )
  })

  it('never asks for more agents where callers have less patience than for ever', () => {
    fc.assert(
      fc.property(traffic, given => {
        const [a, c] = [byErlangA, byErlangC].map(predict => leastAgents(n => predict(given, n, 0), 0.8))
        expect(a).toBeLessThanOrEqual(c ?? 0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('at the edges', () => {
  it('needs nobody where nobody calls, and one or two for a single call', () => {
    const none = { ...hundred, calls: 0, patienceSeconds: 60 }
    expect(leastAgents(n => byErlangC(none, n, 15), 0.95)).toBe(0)
    expect(byErlangA(none, 0, 15)).toMatchObject({ level: 1, waits: 0, occupancy: 0 })
    const one = { ...none, calls: 1 }
    expect(leastAgents(n => byErlangC(one, n, 15), 0.9)).toBe(1)
    expect(leastAgents(n => byErlangC(one, n, 15), 0.95)).toBe(2)
  })

  it('answers nobody where nobody is there', () => {
    const asked = { ...hundred, patienceSeconds: 60 }
    expect(byErlangC(asked, 0, 15)).toMatchObject({ waits: 1, level: 0 })
    expect(byErlangA(asked, 0, 15)).toMatchObject({ waits: 1, level: 0, waitSeconds: 60 })
    expect(byErlangA(asked, 0, 15).abandons).toBeCloseTo(1, 9)
    expect(erlangB(10, 0)).toBe(1)
  })

  it('lets a queue that grows for ever grow for ever', () => {
    expect(byErlangC(hundred, 10, 15)).toEqual({
      waits: 1,
      level: 0,
      abandons: 0,
      waitSeconds: Number.POSITIVE_INFINITY,
      occupancy: 1,
    })
  })

  it.each<readonly [Partial<Traffic & { patienceSeconds: number }>, string]>([
    [{ calls: -1 }, 'calls'],
    [{ calls: Number.NaN }, 'calls'],
    [{ calls: 1e9 }, 'calls'],
    [{ seconds: 0 }, 'seconds'],
    [{ handlingSeconds: 0 }, 'handlingSeconds'],
    [{ handlingSeconds: Number.POSITIVE_INFINITY }, 'handlingSeconds'],
    [{ patienceSeconds: 0 }, 'patienceSeconds'],
    [{ patienceSeconds: -5 }, 'patienceSeconds'],
  ])('refuses %j and says where', (wrong, place) => {
    const given = { ...hundred, patienceSeconds: 120, ...wrong }
    expect(() => byErlangA(given, 14, 15)).toThrow(expect.objectContaining({ code: 'plan-invalid', place }))
  })

  it('refuses a target that no number of agents reaches, half an agent, and nobody at work', () => {
    const level = (agents: number) => byErlangC(hundred, agents, 15)
    for (const target of [1, 1.5, -0.1, Number.NaN])
      expect(() => leastAgents(level, target)).toThrow(expect.objectContaining({ place: 'target' }))
    expect(() => level(1.5)).toThrow(expect.objectContaining({ place: 'agents' }))
    expect(() => rosteredFor(7, 1)).toThrow(expect.objectContaining({ place: 'shrinkage' }))
    expect(rosteredFor(7, 0.3)).toBe(10)
    const crowd = { calls: 1e6, seconds: 1, handlingSeconds: 86_400 }
    expect(() => leastAgents(n => byErlangC(crowd, n, 15), 0.95, loadOf(crowd))).toThrow(
      expect.objectContaining({ place: 'calls' }),
    )
  })
})
