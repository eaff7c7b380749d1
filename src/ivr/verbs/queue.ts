import { z } from 'zod'
import { defaultLanguage, type Prompt } from '../flow.ts'
import { estimateGap, utter, withoutEstimate } from '../speak.ts'
import type { Effect, Input, Values } from '../turn.ts'
import { type Edge, go, type NamedPrompt, over, type Scene, stay, type Turn, type Verb } from '../verb.ts'
import { duration, type FlowKey, keyTargets, name, prompt, target } from '../vocabulary.ts'

/** By this reason a flow says that what they chose cannot wait: nothing puts them behind others. */
export const emergencyReason = 'emergency'

const schema = z.strictObject({
  reason: name.describe(
    'Why they come to the queue: shown to the person who answers. By `emergency` they said that it cannot wait: a restriction of this caller does not count.',
  ),
  priority: z
    .int({ error: 'a whole number' })
    .default(0)
    .describe('Higher is served first; 0 for most, more for who must not wait.'),
  skill: name
    .optional()
    .describe(
      'What whoever answers should be able to do, beside the caller’s language, such as enterprise or sign.',
    ),
  prompt: prompt.describe('Said once, on joining the queue.'),
  lacking: prompt
    .optional()
    .describe(
      'Said once where nobody who is signed in has that skill or language: whoever is free will answer.',
    ),
  reassure: z
    .union([prompt, z.array(prompt).min(1).readonly()], {
      error: 'words in each language, as { zh-CN: …, en: … }',
    })
    .describe(
      'Said while waiting, and when 0 is pressed again; several are said in turn. {place} is the place in the queue.',
    ),
  every: duration.describe('How often a waiting caller is reassured.'),
  keys: keyTargets.default({}).describe('Keys that leave the queue for something else.'),
  full: target.describe('Where a full queue leads.'),
  failed: target.describe('Where a queue that does not work leads.'),
})
type Options = z.output<typeof schema>

/** The phase between a person's answer and the bridge, when a prompt would separate the two. */
const connecting = 'connecting'
/** The phase in which the caller is about to be told that nobody has the wanted skill. */
const lacking = 'lacking'

type Place = Extract<Input, { kind: 'place' }>

/** The values for a prompt about the place; the estimate is included only while there is one. */
const toldOf = (values: Values, { place, waitMinutes }: Place): Values => ({
  ...values,
  place: String(place),
  [estimateGap]: waitMinutes === undefined ? '' : String(waitMinutes),
})

const isLacking = (options: Options, values: Values, { lacks }: Place) =>
  lacks === true && options.lacking !== undefined && values.lacking !== 'told'

/** Tells the place. If the caller has us on hold, it is skipped: on return they hear music and then their current place. */
const tell = (scene: Scene, prompt: Prompt): Effect => ({
  kind: 'say',
  utterances: [utter(scene, prompt)],
  passes: true,
})

const languageOf = (tag: string) => tag.split('-')[0] ?? tag

/** The skill that a language requires: its first subtag, such as `en` or `yue`; none for the default language. */
export function languageSkills(tag: string): readonly string[] {
  const spoken = languageOf(tag)
  return spoken === languageOf(defaultLanguage) ? [] : [spoken]
}

const skillsOf = ({ skill }: Options, { state }: Scene): readonly string[] => [
  ...(skill === undefined ? [] : [skill]),
  ...languageSkills(state.language),
]

export const queue: Verb<Options> = {
  name: 'queue',
  about: 'Puts the caller in the queue for a person, and keeps them company.',
  schema,
  prompts: options => [
    { path: ['prompt'], prompt: options.prompt },
    ...reassurances(options),
    ...(options.lacking ? [{ path: ['lacking'], prompt: options.lacking }] : []),
  ],
  faults: options =>
    reassurances(options).flatMap(({ path, prompt }) =>
      Object.entries(prompt)
        .filter(([, text]) => withoutEstimate(text) === '')
        .map(([language, text]) => ({
          path: [...path, language],
          found: `"${text}"`,
          expected: 'a sentence without {wait} too: there is not always an estimate',
        })),
    ),
  edges: options => [
    ...Object.entries(options.keys).map(
      ([key, to]): Edge => ({ label: `key ${key}`, path: ['keys', key], to }),
    ),
    { label: 'queue full', path: ['full'], to: options.full },
    { label: 'queue broken', path: ['failed'], to: options.failed },
  ],
  enter: (options, scene) =>
    stay(
      { doing: 'saying' },
      {
        kind: 'queue',
        reason: options.reason,
        priority: options.priority,
        skills: skillsOf(options, scene),
      },
      tell(scene, options.prompt),
    ),
  hear(options, scene, input) {
    const { phase, values } = scene.state
    const rest = [{ kind: 'music' }, { kind: 'wait', ms: options.every }] as const
    switch (input.kind) {
      case 'served':
        return over({ kind: 'stop' })
      case 'full':
        return go(options.full, {}, { kind: 'stop' })
      case 'queueFailed':
        return go(options.failed, {}, { kind: 'stop' })
      case 'place':
        if (input.place === 0) return stay({ doing: 'waiting', phase: connecting }, { kind: 'stop' })
        return phase === connecting
          ? stay({ phase: '', values: toldOf(values, input) }, ...rest)
          : stay({
              phase: isLacking(options, values, input) ? lacking : phase,
              values: toldOf(values, input),
            })
    }
    if (phase === connecting) return stay()
    switch (input.kind) {
      case 'promptDone':
      case 'promptFailed':
        return phase === lacking && options.lacking
          ? stay(
              { phase: '', doing: 'saying', values: { ...values, lacking: 'told' } },
              tell(scene, options.lacking),
            )
          : stay({ doing: 'waiting' }, ...rest)
      case 'silence':
        return company(options, scene)
      case 'key': {
        if (input.key === '0') return company(options, scene)
        const to = options.keys[input.key as FlowKey]
        return to === undefined ? stay() : go(to, {}, { kind: 'leaveQueue' })
      }
    }
    return undefined
  },
  inputs: options => [
    { kind: 'place', place: 1 },
    { kind: 'place', place: 0 },
    ...(options.lacking ? [{ kind: 'place', place: 1, lacks: true } as const] : []),
    { kind: 'full' },
    { kind: 'queueFailed' },
    { kind: 'served' },
  ],
}

/** What callers in the queue hear, in turn. */
function reassurances({ reassure }: Options): readonly NamedPrompt[] {
  const known = { knows: [estimateGap] }
  return isList(reassure)
    ? reassure.map((prompt, index) => ({ path: ['reassure', index], prompt, ...known }))
    : [{ path: ['reassure'], prompt: reassure, ...known }]
}

const isList = (given: Options['reassure']): given is readonly Prompt[] => Array.isArray(given)

/** Says the next reassurance, or why the caller is waiting while no place is known. */
function company(options: Options, scene: Scene): Turn {
  const { values } = scene.state
  if (!values.place) return stay({ doing: 'saying' }, tell(scene, options.prompt))
  const said = Number(values.comforts ?? 0)
  const all = reassurances(options)
  const words = all[said % all.length]?.prompt ?? options.prompt
  return stay({ doing: 'saying', values: { ...values, comforts: String(said + 1) } }, tell(scene, words))
}
