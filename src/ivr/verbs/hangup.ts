import { z } from 'zod'
import { say } from '../speak.ts'
import type { Effect } from '../turn.ts'
import { over, stay, type Verb } from '../verb.ts'
import { name, prompt } from '../vocabulary.ts'

const schema = z.strictObject({
  prompt: prompt.optional().describe('Said before.'),
  because: z
    .enum(['done', 'chosen', 'failed'], {
      error:
        'done (their business is), chosen (they asked for it) or failed (nothing works, and it says what to do)',
    })
    .describe('Why it may end here: their business is done, they chose to, or nothing works any more.'),
  keeps: name
    .optional()
    .describe('Keeps "yes" under this name, such as that they want no more of these calls.'),
})

export const hangup: Verb<z.output<typeof schema>> = {
  name: 'hangup',
  about: 'Ends the call.',
  schema,
  prompts: options => (options.prompt ? [{ path: ['prompt'], prompt: options.prompt }] : []),
  edges: () => [],
  enter(options, scene) {
    const kept: readonly Effect[] = options.keeps
      ? [{ kind: 'collected', name: options.keeps, value: 'yes' }]
      : []
    return options.prompt
      ? stay({ doing: 'saying' }, say(scene, options.prompt), ...kept)
      : over(...kept, { kind: 'hangup' })
  },
  hear: (_options, _scene, input) =>
    input.kind === 'promptDone' || input.kind === 'promptFailed' ? over({ kind: 'hangup' }) : undefined,
}
