import { z } from 'zod'
import { keep, say } from '../speak.ts'
import { mostTold, mostWords, type ToldIncident } from '../told.ts'
import type { BranchFacts, Effect, FlowState, Input, Values } from '../turn.ts'
import { go, type Scene, stay, type Turn, type Verb } from '../verb.ts'
import { prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  prompt: prompt.describe(
    'Says one known incident, and is said for each: {incident} stands for its words, {key} for the key of who is affected by it.',
  ),
  thanks: prompt.describe('Said to who pressed that key: they are counted.'),
  next: target.describe('Where it goes on when there is none, and after them: the queue.'),
})
type Options = z.output<typeof schema>

/** Long enough to find a key after the last word, and too short to annoy callers who do not press one. */
const afterMs = 1500
/** A caller who is done hangs up within this time; one who wants a person does not wait long. */
const partingMs = 3000

/** Values reported for the figures: the ids of the incidents that a caller was told of, and of the one that affects them. */
export const incidentTold = 'incident-told'
export const incidentAffects = 'incident-affects'

/** Phases: '' before anything is told -> `told-1` or `told-2`, by number -> `thanks`. */
const told = 'told-'
const thanked = 'thanks'
/** The key by which the caller said that an incident affects them. */
const thankedKey = 'incident-key'

/** Tells known incidents. A key without meaning here skips them and is passed on to the next state. */
export const incidents: Verb<Options> = {
  name: 'incidents',
  about: 'Tells of known incidents, and counts who is affected; goes on at once when there is none.',
  schema,
  prompts: options => [
    { path: ['prompt'], prompt: options.prompt, knows: ['incident', 'key'] },
    { path: ['thanks'], prompt: options.thanks },
  ],
  edges: options => [{ label: 'told', path: ['next'], to: options.next }],
  collects: (_, language) => ({ incident: longestWords(language), key: String(mostTold) }),
  enter: () => stay({ doing: 'looking' }, { kind: 'look' }),
  hear(options, scene, input) {
    const { doing, phase } = scene.state
    if (doing === 'looking')
      return input.kind === 'facts' ? tell(options, scene, input.facts.incidents ?? []) : undefined
    switch (input.kind) {
      case 'promptDone':
        return stay({ doing: 'waiting' }, { kind: 'wait', ms: phase === thanked ? partingMs : afterMs })
      // Captions show what could not be spoken.
      case 'promptFailed':
      case 'silence':
        return go(options.next)
      case 'key': {
        // Ignore a second press of the same key: a second 1 would lead out of the queue.
        if (phase === thanked && scene.state.values[thankedKey] === input.key) return stay()
        const id = phase === thanked ? undefined : scene.state.values[nameOf(input.key)]
        return id === undefined || !isOffered(phase, input.key)
          ? go(options.next, { key: input.key })
          : thank(options, scene, id, input.key)
      }
    }
    return undefined
  },
  inputs: (_, { state }) => (state.doing === 'looking' ? openings : []),
}

const nameOf = (key: string) => `incident-${key}`
const isOffered = (phase: string, key: string) =>
  phase.startsWith(told) && /^[1-9]$/.test(key) && Number(key) <= Number(phase.slice(told.length))

function tell(options: Options, scene: Scene, all: readonly ToldIncident[]): Turn {
  const known = all.slice(0, mostTold)
  if (known.length === 0) return go(options.next)
  const { state } = scene
  const ids: Values = Object.fromEntries(known.map(({ id }, index) => [nameOf(String(index + 1)), id]))
  const utterances = known.map(({ words }, index) => {
    const values = { ...state.values, incident: words, key: String(index + 1) }
    return keep({ ...scene, state: { ...state, values } }, options.prompt)
  })
  return stay(
    { doing: 'saying', phase: `${told}${known.length}`, values: { ...state.values, ...ids } },
    ...known.map(({ id }): Effect => ({ kind: 'collected', name: incidentTold, value: id })),
    { kind: 'say', utterances },
  )
}

const thank = (options: Options, scene: Scene, id: string, key: string): Turn =>
  stay(
    { doing: 'saying', phase: thanked, values: { ...scene.state.values, [thankedKey]: key } },
    { kind: 'collected', name: incidentAffects, value: id },
    say(scene, options.thanks),
  )

const ordinary: Omit<BranchFacts, 'incidents'> = {
  elder: false,
  waiting: 0,
  moment: { minute: 600, weekday: 'wednesday', day: 'workday' },
}
const sample = (count: number): readonly ToldIncident[] =>
  Array.from({ length: count }, (_, index) => ({ id: `incident_${index + 1}`, words: longestWords('zh-CN') }))

/** Facts with no incident, the ordinary case, first. */
const openings: readonly Input[] = [0, 1, mostTold].map(count => ({
  kind: 'facts',
  facts: { ...ordinary, incidents: sample(count) },
}))

/** The longest words that an incident may have, for the proof's timing. */
function longestWords(language: FlowState['language']): string {
  const [words, most] = language.startsWith('en')
    ? (['No water in Wangjing, expected back at six in the evening; ', mostWords.en] as const)
    : (['望京街道停水，预计十八点恢复，', mostWords['zh-CN']] as const)
  return words.repeat(Math.ceil(most / words.length)).slice(0, most)
}
