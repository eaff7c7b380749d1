import { z } from 'zod'
import { say } from '../speak.ts'
import type { Effect } from '../turn.ts'
import { askUnheard, type Edge, go, miss, stay, type Verb } from '../verb.ts'
import { duration, type FlowKey, flowKey, keyTargets, name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  prompt,
  keys: keyTargets,
  silence: target.optional().describe('Where silence leads; without it, it is a miss.'),
  wrong: target.optional().describe('Where any other key leads; without it, it is a miss.'),
  patience: duration.optional().describe("How long to wait after the prompt; the flow's own when absent."),
  keeps: z
    .strictObject({
      name,
      as: z.partialRecord(flowKey, z.string({ error: 'text in quotes' }), {
        error: 'values by key, as { 1: "yes", 2: "no" }',
      }),
    })
    .optional()
    .describe('Keeps what a key means under a name; other keys keep nothing.'),
})
type Options = z.output<typeof schema>

export const menu: Verb<Options> = {
  name: 'menu',
  about: 'Says what each key does, and waits for one.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt }],
  edges: options => [
    ...Object.entries(options.keys).map(
      ([key, to]): Edge => ({ label: `key ${key}`, path: ['keys', key], to }),
    ),
    ...(options.silence ? [{ label: 'silence', path: ['silence'], to: options.silence }] : []),
    ...(options.wrong ? [{ label: 'wrong key', path: ['wrong'], to: options.wrong }] : []),
  ],
  collects: ({ keeps }) => (keeps ? { [keeps.name]: Object.values(keeps.as)[0] ?? '' } : {}),
  enter: (options, scene) => stay({ doing: 'saying' }, say(scene, options.prompt)),
  hear(options, { flow, state }, input) {
    if (input.kind === 'promptDone')
      return stay({ doing: 'waiting' }, { kind: 'wait', ms: options.patience ?? flow.patienceMs })
    if (input.kind === 'promptFailed') return askUnheard
    if (input.kind === 'silence') return miss(options.silence)
    if (input.kind !== 'key') return undefined
    const to = options.keys[input.key as FlowKey]
    if (to === undefined) return miss(options.wrong)
    const { keeps } = options
    const value = keeps?.as[input.key as FlowKey]
    if (!keeps || value === undefined) return go(to)
    const collected: Effect = { kind: 'collected', name: keeps.name, value }
    return go(to, { values: { ...state.values, [keeps.name]: value } }, collected)
  },
}
