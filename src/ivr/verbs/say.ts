import { z } from 'zod'
import { say as speak } from '../speak.ts'
import { go, stay, type Verb } from '../verb.ts'
import { prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({ prompt, next: target })

/** A key cuts it short and is heard by what comes next, so that who knows the way need not listen. */
export const say: Verb<z.output<typeof schema>> = {
  name: 'say',
  about: 'Says something and goes on.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  edges: options => [{ label: 'said', path: ['next'], to: options.next }],
  enter: (options, scene) => stay({ doing: 'saying' }, speak(scene, options.prompt)),
  hear(options, _scene, input) {
    if (input.kind === 'promptDone' || input.kind === 'promptFailed') return go(options.next)
    if (input.kind === 'key') return go(options.next, { key: input.key })
    return undefined
  },
}
