import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beginning, type Effect, type FlowState, type Input, inputsOf, step } from '../../src/ivr/index.ts'
import { createStateKey } from '../../src/ivr/verify/situation-key.ts'
import { shipped } from './shipped.ts'

const flowNames = [...shipped.flows.keys()]
const verbOf = ({ flow, node }: FlowState) => shipped.flows.get(flow)?.nodes.get(node)?.verb
const kinds = (effects: readonly Effect[]) => effects.map(effect => effect.kind)

/** Every state that a caller can be in, each once. */
function reachable(flow: string): readonly FlowState[] {
  const stateKey = createStateKey(shipped)
  // Keys typed ahead are keys pressed later, and there is no end to them.
  const keyOf = (state: FlowState) => stateKey({ ...state, held: '' })
  const found = new Map<string, FlowState>()
  const open = [beginning(flow)]
  for (let state = open.pop(); state; state = open.pop())
    for (const input of inputsOf(shipped, state)) {
      const next = step(shipped, state, input).state
      const key = keyOf(next)
      if (found.has(key)) continue
      found.set(key, next)
      open.push(next)
    }
  return [...found.values()].filter(state => state.doing !== 'over')
}

describe.each(flowNames)('in the flow %s', flow => {
  const states = reachable(flow)

  it('key 0 is a person in one step from every state, but within a number', () => {
    expect(states.length).toBeGreaterThan(50)
    for (const state of states.filter(one => verbOf(one) !== 'queue' && one.digits === '')) {
      const { state: next, effects } = step(shipped, state, { kind: 'key', key: '0' })
      expect([state, kinds(effects).slice(0, 3)]).toEqual([state, ['stop', 'journal', 'queue']])
      expect(verbOf(next)).toBe('queue')
    }
  })

  it('within a number, star clears it and then 0 is a person; and so does a pause', () => {
    for (const state of states.filter(one => one.digits !== '')) {
      const cleared = step(shipped, state, { kind: 'key', key: '*' })
      const zero = step(shipped, cleared.state, { kind: 'key', key: '0' })
      expect(kinds([...cleared.effects, ...zero.effects])).toContain('queue')
      const paused = step(shipped, state, { kind: 'silence' })
      const person = step(shipped, paused.state, { kind: 'key', key: '0' })
      expect(kinds([...paused.effects, ...person.effects])).toEqual(expect.arrayContaining(['queue']))
    }
  })

  it('who is in the queue stays there when 0 is pressed, and is never talked at while being connected', () => {
    for (const state of states.filter(one => verbOf(one) === 'queue')) {
      const { state: next, effects } = step(shipped, state, { kind: 'key', key: '0' })
      expect(next.node).toBe(state.node)
      expect(kinds(effects)).toEqual(state.phase === 'connecting' ? [] : ['say'])
    }
  })

  it('something always comes next by itself: a prompt, a wait, an answer from the house', () => {
    for (const state of states) {
      const own = inputsOf(shipped, state).filter(
        input => !['key', 'utterance', 'hangup', 'facts'].includes(input.kind),
      )
      expect([state, own.length > 0 || state.doing === 'looking']).toEqual([state, true])
    }
  })

  it('keeps its state as plain JSON', () => {
    for (const state of states) expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })
})

const key = fc.constantFrom(...'0123456789*#ABCD').map(one => ({ kind: 'key', key: one }) as Input)
const anything: fc.Arbitrary<Input> = fc.oneof(
  { weight: 4, arbitrary: key },
  fc.constantFrom<Input>(
    { kind: 'utterance' },
    { kind: 'silence' },
    { kind: 'promptDone' },
    { kind: 'promptFailed' },
    { kind: 'actionDone', result: {} },
    { kind: 'actionDone', result: { status: 'closed' } },
    { kind: 'actionFailed' },
    { kind: 'place', place: 0 },
    { kind: 'place', place: 3 },
    { kind: 'full' },
    { kind: 'queueFailed' },
    { kind: 'served' },
    { kind: 'hangup' },
    { kind: 'started', facts: { caller: '' } },
    {
      kind: 'facts',
      facts: { elder: false, waiting: 2, moment: { minute: 600, weekday: 'monday', day: 'workday' } },
    },
  ),
)

it('takes any input in any order without a throw, and says the same twice', () => {
  fc.assert(
    fc.property(fc.constantFrom(...flowNames), fc.array(anything, { maxLength: 60 }), (flow, inputs) => {
      const run = () => {
        let state = step(shipped, beginning(flow), { kind: 'started', facts: { caller: '1' } }).state
        const effects: Effect[] = []
        for (const input of inputs) {
          const next = step(shipped, state, input)
          state = next.state
          effects.push(...next.effects)
        }
        return { state, effects }
      }
      expect(run()).toEqual(run())
    }),
    { numRuns: 500 },
  )
})

it('takes who presses 0 and then waits to the queue, whatever they did before', () => {
  fc.assert(
    fc.property(fc.constantFrom(...flowNames), fc.array(anything, { maxLength: 40 }), (flow, inputs) => {
      let state = step(shipped, beginning(flow), { kind: 'started', facts: { caller: '1' } }).state
      for (const input of inputs) state = step(shipped, state, input).state
      if (state.doing === 'over') return
      const cleared = state.digits === '' ? state : step(shipped, state, { kind: 'key', key: '*' }).state
      expect(verbOf(step(shipped, cleared, { kind: 'key', key: '0' }).state)).toBe('queue')
    }),
    { numRuns: 500 },
  )
})

it('does nothing more once it is over', () => {
  const over = step(shipped, beginning('hotline'), { kind: 'hangup' }).state
  expect(step(shipped, over, { kind: 'key', key: '0' })).toEqual({ state: over, effects: [] })
})

it('hears a key that came before the beginning', () => {
  const early = step(shipped, beginning('hotline'), { kind: 'key', key: '0' }).state
  const looking = step(shipped, early, { kind: 'started', facts: { caller: '' } })
  expect(kinds(looking.effects)).toContain('queue')
})

it('takes who answers a question in words to a person', () => {
  let { state } = step(shipped, beginning('elder'), { kind: 'started', facts: { caller: '' } })
  expect(step(shipped, state, { kind: 'utterance' }).effects).toEqual([])
  state = step(shipped, state, { kind: 'promptDone' }).state
  expect(kinds(step(shipped, state, { kind: 'utterance' }).effects)).toContain('queue')
})
