import { z } from 'zod'
import { say } from '../speak.ts'
import { type Edge, go, over, stay, type Verb } from '../verb.ts'
import { duration, type FlowKey, keyTargets, name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  reason: name.describe('Why they come to the queue: shown to the person who answers.'),
  priority: z
    .int({ error: 'a whole number' })
    .default(0)
    .describe('Higher is served first; 0 for most, more for who must not wait.'),
  prompt: prompt.describe('Said once, on joining the queue.'),
  reassure: prompt.describe(
    'Said while waiting, and when 0 is pressed again. {place} is the place in the queue.',
  ),
  every: duration.describe('How often a waiting caller is reassured.'),
  keys: keyTargets.default({}).describe('Keys that leave the queue for something else.'),
  full: target.describe('Where a full queue leads.'),
  failed: target.describe('Where a queue that does not work leads.'),
})
type Options = z.output<typeof schema>

/** Between a person's answer and the bridge: a prompt now would cut the two apart. */
const connecting = 'connecting'

export const queue: Verb<Options> = {
  name: 'queue',
  about: 'Puts the caller in the queue for a person, and keeps them company.',
  schema,
  prompts: options => [
    { path: ['prompt'], prompt: options.prompt },
    { path: ['reassure'], prompt: options.reassure },
  ],
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
      { kind: 'queue', reason: options.reason, priority: options.priority },
      say(scene, options.prompt),
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
          ? stay({ phase: '', values: { ...values, place: String(input.place) } }, ...rest)
          : stay({ values: { ...values, place: String(input.place) } })
    }
    if (phase === connecting) return stay()
    switch (input.kind) {
      case 'promptDone':
      case 'promptFailed':
        return stay({ doing: 'waiting' }, ...rest)
      case 'silence':
        return stay({ doing: 'saying' }, say(scene, values.place ? options.reassure : options.prompt))
      case 'key': {
        if (input.key === '0')
          return stay({ doing: 'saying' }, say(scene, values.place ? options.reassure : options.prompt))
        const to = options.keys[input.key as FlowKey]
        return to === undefined ? stay() : go(to, {}, { kind: 'leaveQueue' })
      }
    }
    return undefined
  },
  inputs: () => [
    { kind: 'place', place: 1 },
    { kind: 'place', place: 0 },
    { kind: 'full' },
    { kind: 'queueFailed' },
    { kind: 'served' },
  ],
}
