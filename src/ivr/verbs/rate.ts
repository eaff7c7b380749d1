import { z } from 'zod'
import { defaultLanguage } from '../flow.ts'
import { say } from '../speak.ts'
import { askUnheard, type Edge, go, miss, stay, type Verb } from '../verb.ts'
import { name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  name: name.describe('Keeps the rating, "1" to "5", under this name.'),
  prompt: prompt.describe('Says the words before the number: 1 is very satisfied, 5 very dissatisfied.'),
  words: z
    .array(prompt)
    .length(5, { error: 'five words, from 1 to 5' })
    .describe('The word for each rating, kept as {name-words} for reading back.'),
  next: target,
  silence: target.optional().describe('Where silence leads; without it, it is a miss.'),
  keys: z
    .partialRecord(z.enum(['6', '7', '8', '9', '*', '#'], { error: 'a key from 6 to 9, * or #' }), target)
    .default({})
    .describe('Where keys that are no rating lead, such as * to say it again.'),
})
type Options = z.output<typeof schema>

export const rate: Verb<Options> = {
  name: 'rate',
  about: 'Asks for a rating from one to five.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  texts: ({ words }) => words.map((prompt, index) => ({ path: ['words', index], prompt })),
  edges: options => [
    { label: 'rating', path: ['next'], to: options.next },
    ...Object.entries(options.keys).map(
      ([key, to]): Edge => ({ label: `key ${key}`, path: ['keys', key], to }),
    ),
    ...(options.silence ? [{ label: 'silence', path: ['silence'], to: options.silence }] : []),
  ],
  collects: ({ name, words }, language) => ({ [name]: '5', [`${name}-words`]: words[4]?.[language] ?? '' }),
  enter: (options, scene) => stay({ doing: 'saying' }, say(scene, options.prompt)),
  hear(options, { flow, state }, input) {
    if (input.kind === 'promptDone') return stay({ doing: 'waiting' }, { kind: 'wait', ms: flow.patienceMs })
    if (input.kind === 'promptFailed') return askUnheard
    if (input.kind === 'silence') return miss(options.silence)
    if (input.kind !== 'key') return undefined
    const { key } = input
    const to = options.keys[key as keyof Options['keys']]
    if (to !== undefined) return go(to)
    if (!/[1-5]/.test(key)) return miss()
    const words = options.words[Number(key) - 1]
    const values = {
      ...state.values,
      [options.name]: key,
      [`${options.name}-words`]: words?.[state.language] ?? words?.[defaultLanguage] ?? key,
    }
    return go(options.next, { values }, { kind: 'collected', name: options.name, value: key })
  },
}
