import { z } from 'zod'
import { languages } from '../flow.ts'
import { utter } from '../speak.ts'
import { askUnheard, go, miss, stay, type Verb } from '../verb.ts'
import { type FlowKey, flowKey, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  prompt: prompt.describe(
    'Each language says, in its own words, which key chooses it; all are said in turn.',
  ),
  keys: z.partialRecord(flowKey, z.enum(languages, { error: `a language: ${languages.join(', ')}` }), {
    error: 'languages by key, as { 1: zh-CN, 2: en }',
  }),
  next: target.describe('Where it goes on in that language; silence goes on in the present one.'),
})
type Options = z.output<typeof schema>

export const choose: Verb<Options> = {
  name: 'choose',
  about: 'Lets the caller choose the language.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  edges: options => [{ label: 'language', path: ['next'], to: options.next }],
  enter: (options, scene) =>
    stay(
      { doing: 'saying' },
      { kind: 'say', utterances: languages.map(language => utter(scene, options.prompt, language)) },
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
