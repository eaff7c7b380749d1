import type { Language, Utterance } from '../speech/index.ts'
import { defaultLanguage, type FlowSet, type Prompt } from './flow.ts'
import type { Effect, Values } from './turn.ts'
import type { Scene } from './verb.ts'

export const placeholder = /\{([a-z][a-z0-9-]*)\}/g

/** A prompt in the caller's language, with what was collected filled in. Nothing is made for one without gaps. */
export function utter(
  { flow, state }: Scene,
  prompt: Prompt,
  language: Language = state.language,
): Utterance {
  const spoken = flow.utterances.get(prompt)
  const utterance = spoken?.get(language) ?? spoken?.get(defaultLanguage)
  if (!utterance) throw new Error(`a prompt that flow ${flow.name} does not have`)
  return utterance.once ? fill(utterance, state.values) : utterance
}

/** Says prompts one after the other. */
export function say(scene: Scene, ...prompts: readonly Prompt[]): Effect {
  return { kind: 'say', utterances: prompts.map(prompt => utter(scene, prompt)) }
}

function fill(utterance: Utterance, values: Values): Utterance {
  const text = utterance.text.replaceAll(placeholder, (_, name: string) => digitByDigit(values[name] ?? ''))
  return { ...utterance, text }
}

/** Long numbers are read digit by digit in groups people remember: a mobile 3-4-4, anything else in fours. */
export function digitByDigit(value: string): string {
  if (!/^\d{5,}$/.test(value)) return value
  const groups = /^1\d{10}$/.test(value)
    ? [value.slice(0, 3), value.slice(3, 7), value.slice(7)]
    : (value.match(/\d{1,4}/g) ?? [])
  return groups.map(group => [...group].join(' ')).join(', ')
}

/** Everything that the set can say as it stands, to be rendered before anyone rings; what has gaps is not there yet. */
export function utterancesOf(set: FlowSet): readonly Utterance[] {
  return [...set.flows.values()].flatMap(flow =>
    [...flow.utterances.values()].flatMap(spoken => [...spoken.values()].filter(one => !one.once)),
  )
}
