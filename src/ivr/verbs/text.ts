import { z } from 'zod'
import { write } from '../speak.ts'
import { type Edge, go, person, stay, type Verb } from '../verb.ts'
import { name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  template: name.describe('Which text it is; the house knows which link belongs to it.'),
  words: prompt.describe('The text, in each language. {link} stands for the link that belongs to it.'),
  to: name.default('caller').describe('The value that holds the number it is sent to.'),
  next: target,
  else: target.optional().describe('Where a failure leads; a person when absent.'),
})

/** To a waiting caller, a gateway that takes longer is as good as down. */
const mostMs = 8000

/** Sends an SMS. The action `text` takes `template`, `to`, `language` and the `text`, into which the product puts the link. */
export const text: Verb<z.output<typeof schema>> = {
  name: 'text',
  about: 'Sends a text message, such as a link.',
  schema,
  prompts: () => [],
  texts: ({ words }) => [{ path: ['words'], prompt: words }],
  edges: options => [
    { label: 'sent', path: ['next'], to: options.next },
    ...(options.else ? [{ label: 'failed', path: ['else'], to: options.else } satisfies Edge] : []),
  ],
  faults: (options, { collected }) =>
    collected.includes(options.to)
      ? []
      : [
          {
            path: ['to'],
            found: `"${options.to}"`,
            expected: `a value that the flow collects: ${collected.join(', ')}`,
          },
        ],
  enter({ template, to, words }, scene) {
    const { language, values } = scene.state
    const given = { template, language, to: values[to] ?? '', text: write(scene, words) }
    return stay(
      { doing: 'acting' },
      { kind: 'action', name: 'text', values: given },
      { kind: 'wait', ms: mostMs },
    )
  },
  hear(options, _scene, input) {
    if (input.kind === 'actionDone') return go(options.next, {}, { kind: 'stop' })
    if (input.kind !== 'actionFailed' && input.kind !== 'silence') return undefined
    return options.else ? go(options.else, {}, { kind: 'stop' }) : person
  },
  inputs: () => [{ kind: 'silence' }, { kind: 'actionDone', result: {} }, { kind: 'actionFailed' }],
}
