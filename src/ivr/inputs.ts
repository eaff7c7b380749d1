import type { Key } from '../media/index.ts'
import type { FlowSet } from './flow.ts'
import { sceneOf, standing } from './step.ts'
import type { FlowState, Input } from './turn.ts'

const keys: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']
const always: readonly Input[] = [
  ...keys.map(key => ({ kind: 'key', key }) as const),
  { kind: 'utterance' },
  { kind: 'hangup' },
]

/** Every way in which a conversation can begin. */
const openings = ({ languages }: FlowSet): readonly Input[] =>
  ['', '13800138000'].flatMap(caller =>
    [...languages.keys()].map(language => ({ kind: 'started', facts: { caller, language } }) as const),
  )

/** Every input that can occur in this state, one for each possible outcome. */
export function inputsOf(set: FlowSet, state: FlowState): readonly Input[] {
  if (state.doing === 'over') return []
  if (state.doing === 'idle') return openings(set)
  const scene = sceneOf(set, state)
  const { node, verb } = standing(scene)
  return [
    ...always,
    ...(state.doing === 'saying' ? ([{ kind: 'promptDone' }, { kind: 'promptFailed' }] as const) : []),
    ...(state.doing === 'waiting' ? ([{ kind: 'silence' }] as const) : []),
    ...(verb.inputs?.(node.options, scene) ?? []),
  ]
}
