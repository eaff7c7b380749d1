/** What the ladder can never come to, whatever people do, in whichever order. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ladderSteps, longestDays, type StepShown } from '../../src/callers/ladder/api.ts'
import { appealed, checkStep, decided, isInForce, nextStep } from '../../src/callers/ladder/ladder.ts'
import { rankOf } from '../../src/desk/queue.ts'
import { ordinaryRules } from '../../src/desk/queue-rules.ts'
import { Fault } from '../../src/foundation/index.ts'
import { restrictedPoints } from '../../src/hall/flow-actions.ts'

const dayMs = 86_400_000
const people = ['li', 'zhao', 'qian', 'sun']

type Deed = {
  readonly do: 'take' | 'decide' | 'appeal'
  readonly step: (typeof ladderSteps)[number]
  /** Somebody who knows the ladder takes what is next. */
  readonly isNext: boolean
  readonly by: string
  readonly agreed: boolean
  readonly fact: number
  readonly days: number
  readonly afterMs: number
}
const deed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constantFrom('take', 'take', 'decide', 'appeal'),
  step: fc.constantFrom(...ladderSteps),
  isNext: fc.boolean(),
  by: fc.constantFrom(...people),
  agreed: fc.boolean(),
  fact: fc.integer({ min: 1, max: 40 }),
  days: fc.integer({ min: 1, max: longestDays }),
  afterMs: fc.integer({ min: 0, max: 20 * dayMs }),
})

/** What comes of a deed; what is refused changes nothing. */
function done(steps: readonly StepShown[], one: Deed, nowMs: number): readonly StepShown[] {
  const last = steps.at(-1)
  const changed = (change: Partial<StepShown>) => [
    ...steps.slice(0, -1),
    { ...(last as StepShown), ...change },
  ]
  try {
    if (one.do === 'decide' && last) return changed(decided(last, one.agreed, one.by, nowMs))
    if (one.do === 'appeal' && last) return changed(appealed(last, one.by, nowMs))
    if (one.do !== 'take') return steps
    const step = (one.isNext && nextStep(steps, nowMs)) || one.step
    const days = step === 'restrict' ? one.days : undefined
    const given = { step, facts: [`call_${one.fact}`], words: '…', days }
    checkStep(steps, given, nowMs)
    const state = step === 'restrict' ? 'proposed' : 'taken'
    const id = `step_${steps.length}`
    return [...steps, { ...given, id, number: '13800138000', state, by: one.by, atMs: nowMs, laterWords: [] }]
  } catch (error) {
    if (error instanceof Fault) return steps
    throw error
  }
}

it('nobody is restricted but by two, after three steps, on something new each, until a day, and not while they appeal', () => {
  let restricted = 0
  fc.assert(
    fc.property(fc.array(deed, { minLength: 20, maxLength: 60 }), deeds => {
      let steps: readonly StepShown[] = []
      let nowMs = 0
      for (const one of deeds) {
        nowMs += one.afterMs
        steps = done(steps, one, nowMs)
        const held = steps.filter(each => isInForce(each, nowMs))
        expect(held.length).toBeLessThanOrEqual(1)
        for (const { id, by, secondBy, untilMs = 0, state } of held) {
          restricted++
          expect(secondBy).toBeDefined()
          expect(secondBy).not.toBe(by)
          expect(state).not.toBe('appealed')
          expect(untilMs - nowMs).toBeLessThanOrEqual(longestDays * dayMs)
          const before = steps
            .slice(
              0,
              steps.findIndex(each => each.id === id),
            )
            .map(({ step }) => step)
          for (const step of ['dissuade', 'explain', 'warn'] as const) expect(before).toContain(step)
          expect(before.at(-1)).not.toBe('dissuade')
          expect(nextStep(steps, nowMs)).toBeUndefined()
        }
        const facts = steps.map(({ facts: [fact] }) => fact)
        expect(new Set(facts).size).toBe(facts.length)
      }
    }),
    { numRuns: 500 },
  )
  expect(restricted).toBeGreaterThan(10)
})

it('whoever is restricted is overtaken by those alone who rang at most two minutes later, whatever a flow asks for', () => {
  fc.assert(
    fc.property(fc.nat(10), fc.integer({ min: 0, max: dayMs }), (priority, sinceMs) => {
      const behind = rankOf(sinceMs, priority - restrictedPoints, ordinaryRules)
      const beside = (laterMs: number) => rankOf(sinceMs + laterMs, priority, ordinaryRules)
      expect(behind).toBeGreaterThan(beside(0))
      expect(behind).toBeLessThan(beside(120_001))
    }),
  )
})
