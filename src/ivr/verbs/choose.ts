import { z } from 'zod'
import { oneOf } from '../../foundation/index.ts'
import { utter } from '../speak.ts'

import { askUnheard, go, miss, stay, type Verb } from '../verb.ts'
import { type FlowKey, flowKey, languageTag, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  prompt: prompt.describe(
    'Each language says, in its own words, which key chooses it; all are said in turn.',
  ),
  keys: z
    .partialRecord(flowKey, languageTag, { error: 'languages by key, as { 1: zh-CN, 2: en }' })
    .describe('Which language each key chooses; a language file brings its own key.'),
  next: target.describe('Where it goes on in that language; silence goes on in the present one.'),
})
type Options = z.output<typeof schema>

export const choose: Verb<Options> = {
  name: 'choose',
  about: 'Lets the caller choose the language.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  edges: options => [{ label: 'language', path: ['next'], to: options.next }],
  faults: (options, { languages }) =>
    Object.entries(options.keys)
      .filter(([, language]) => !languages.includes(language))
      .map(([key, language]) => ({
        path: ['keys', key],
        found: `"${language}"`,
        expected: oneOf(language, languages),
      })),
  offer(options, language, key) {
    const taken = Object.keys(options.keys)
    if (Object.values(options.keys).includes(language) && key === undefined) return options
    const free = flowKey.options.filter(one => !taken.includes(one))
    if (free.some(one => one === key)) return { ...options, keys: { ...options.keys, [key ?? '']: language } }
    const found = key === undefined ? `no key for ${language}` : `"${key}"`
    return { path: ['key'], found, expected: `a key that is free: ${free.join(', ')}` }
  },
  enter: (options, scene) =>
    stay(
      { doing: 'saying' },
      {
        kind: 'say',
        utterances: [...scene.set.languages.keys()]
          .filter(language => Object.values(options.keys).includes(language))
          .map(language => utter(scene, options.prompt, language)),
      },
    ),
  hear(options, { flow }, input) {
    if (input.kind === 'promptDone') return stay({ doing: 'waiting' }, { kind: 'wait', ms: flow.patienceMs })
    if (input.kind === 'promptFailed') return askUnheard
    if (input.kind === 'silence') return go(options.next)
    if (input.kind !== 'key') return undefined
    const language = options.keys[input.key as FlowKey]
    return language === undefined ? miss() : go(options.next, { language })
  },
}
