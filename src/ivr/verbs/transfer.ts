import { z } from 'zod'
import { oneOf } from '../../foundation/index.ts'
import { say } from '../speak.ts'

import { type Edge, go, over, person, stay, type Verb } from '../verb.ts'
import { name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  to: name.describe("One of the flow's numbers."),
  prompt: prompt.describe('Said before it rings.'),
  else: target.optional().describe('Where it leads when nobody answers; a person when absent.'),
})

export const transfer: Verb<z.output<typeof schema>> = {
  name: 'transfer',
  about: 'Connects the caller with an outside number.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  edges: options =>
    options.else ? [{ label: 'no answer', path: ['else'], to: options.else } satisfies Edge] : [],
  faults: (options, { numbers }) =>
    numbers.includes(options.to)
      ? []
      : [{ path: ['to'], found: `"${options.to}"`, expected: oneOf(options.to, numbers) }],
  enter: (options, scene) => stay({ doing: 'saying' }, say(scene, options.prompt)),
  hear(options, { flow }, input) {
    switch (input.kind) {
      case 'promptDone':
      case 'promptFailed':
        return stay({ doing: 'acting' }, { kind: 'transfer', number: flow.numbers[options.to] ?? '' })
      case 'served':
        return over()
      case 'actionFailed':
        return options.else ? go(options.else) : person
    }
    return undefined
  },
  inputs: (_options, { state }) =>
    state.doing === 'acting' ? [{ kind: 'served' }, { kind: 'actionFailed' }] : [],
}
