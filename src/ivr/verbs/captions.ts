import { z } from 'zod'
import { say } from '../speak.ts'
import { type Edge, go, stay, type Verb } from '../verb.ts'
import { prompt, target } from '../vocabulary.ts'

/** The value that holds the code by which a page shows this call. */
const code = 'captions-code'

const schema = z.strictObject({
  prompt: prompt.describe(`Reads out the code: {${code}} stands for it.`),
  next: target,
  else: target.optional().describe('Where a house without captions leads; the next state when absent.'),
})
type Options = z.output<typeof schema>

/** The code is made in memory; if it takes longer than this, something is broken. */
const mostMs = 2000

/** Tells the code for captions, which the action `captions` returns as `code`. */
export const captions: Verb<Options> = {
  name: 'captions',
  about: 'Switches captions on, and reads out the code of the page that shows them.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  edges: options => [
    { label: 'said', path: ['next'], to: options.next },
    ...(options.else ? [{ label: 'failed', path: ['else'], to: options.else } satisfies Edge] : []),
  ],
  collects: () => ({ [code]: '12345678' }),
  enter: (_, { state }) =>
    stay(
      { doing: 'acting' },
      { kind: 'action', name: 'captions', values: { language: state.language } },
      { kind: 'wait', ms: mostMs },
    ),
  hear(options, scene, input) {
    const { state } = scene
    if (state.doing === 'saying') {
      if (input.kind === 'promptDone' || input.kind === 'promptFailed') return go(options.next)
      // A key cuts it short and is passed on to the next state.
      return input.kind === 'key' ? go(options.next, { key: input.key }) : undefined
    }
    if (input.kind === 'actionFailed' || input.kind === 'silence')
      return go(options.else ?? options.next, {}, { kind: 'stop' })
    if (input.kind !== 'actionDone') return undefined
    const values = { ...state.values, [code]: input.result.code ?? '' }
    const told = { ...scene, state: { ...state, values } }
    return stay({ doing: 'saying', values }, say(told, options.prompt))
  },
  inputs: (_, { state }) =>
    state.doing === 'acting'
      ? [{ kind: 'silence' }, { kind: 'actionFailed' }, { kind: 'actionDone', result: { code: '12345678' } }]
      : [],
}
