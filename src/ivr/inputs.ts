import type { Key } from '../media/index.ts'
import type { FlowSet } from './flow.ts'
import { sceneOf, standing } from './step.ts'
import type { FlowState, Input } from './turn.ts'
import { luhnHolds } from './verbs/ask.ts'
import { verbNamed } from './verbs.ts'

const keys: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']
const always: readonly Input[] = [
  ...keys.map(key => ({ kind: 'key', key }) as const),
  { kind: 'utterance' },
  { kind: 'hangup' },
]

/** What can begin a conversation. */
export const openings: readonly Input[] = ['', '13800138000'].flatMap(caller =>
  ['zh-CN', 'en'].map(language => ({ kind: 'started', facts: { caller, language } }) as const),
)

/** Every input that can come in this state, one for each thing that it can lead to. */
export function inputsOf(set: FlowSet, state: FlowState): readonly Input[] {
  if (state.doing === 'over') return []
  if (state.doing === 'idle') return openings
  const scene = sceneOf(set, state)
  const { node, verb } = standing(scene)
  return [
    ...always,
    ...(state.doing === 'saying' ? ([{ kind: 'promptDone' }, { kind: 'promptFailed' }] as const) : []),
    ...(state.doing === 'waiting' ? ([{ kind: 'silence' }] as const) : []),
    ...(verb.inputs?.(node.options, scene) ?? []),
  ]
}

/**
 * Gives the same for states that no input can tell apart: of a number being keyed only its length counts and whether
 * its check digit would be right by now; of values only those that some branch asks for; keys typed ahead are keys
 * pressed later.
 */
export function createStateKey(set: FlowSet): (state: FlowState) => string {
  const asked = askedValues(set)
  return ({ flow, node, doing, phase, language, misses, digits, values }) => {
    const told = [...asked].map(([name, known]) => {
      const value = values[name] ?? ''
      return `${name}=${known.has(value) ? value : '?'}`
    })
    const number = `${digits.length}${luhnHolds(digits) ? ' holds' : ''}`
    return [flow, node, doing, phase, language, misses, number, ...told].join('|')
  }
}

function askedValues(set: FlowSet): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>()
  for (const flow of set.flows.values())
    for (const node of flow.nodes.values())
      for (const [name, values] of verbNamed(node.verb)?.asks?.(node.options) ?? []) {
        const known = asked.get(name) ?? new Set()
        for (const value of values) known.add(value)
        asked.set(name, known)
      }
  return asked
}
