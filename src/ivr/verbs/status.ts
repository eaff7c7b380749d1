import { z } from 'zod'
import { say } from '../speak.ts'
import { type Edge, go, person, stay, type Verb } from '../verb.ts'
import { name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  order: name.describe('The value that holds the number of the order.'),
  prompts: z
    .record(name, prompt, { error: 'prompts by status, as { handling: …, closed: … }' })
    .describe('What is said for each status.'),
  unknown: target.describe('Where a number that nobody knows, or a status without a prompt, leads.'),
  next: target,
  else: target.optional().describe('Where a failure leads; a person when absent.'),
})
type Options = z.output<typeof schema>

/** Longer than any working look-up takes, and shorter than a caller's patience. */
const mostMs = 8000

/** Tells an order's status. The action `status` takes `order` and returns `status`. */
export const status: Verb<Options> = {
  name: 'status',
  about: 'Says how an order stands, by its number.',
  schema,
  prompts: options =>
    Object.entries(options.prompts).map(([key, one]) => ({ path: ['prompts', key], prompt: one })),
  edges: options => [
    { label: 'said', path: ['next'], to: options.next },
    { label: 'unknown', path: ['unknown'], to: options.unknown },
    ...(options.else ? [{ label: 'failed', path: ['else'], to: options.else } satisfies Edge] : []),
  ],
  faults: (options, { collected }) =>
    collected.includes(options.order)
      ? []
      : [
          {
            path: ['order'],
            found: `"${options.order}"`,
            expected: `a value that the flow collects: ${collected.join(', ')}`,
          },
        ],
  enter: (options, { state }) =>
    stay(
      { doing: 'acting' },
      { kind: 'action', name: 'status', values: { order: state.values[options.order] ?? '' } },
      { kind: 'wait', ms: mostMs },
    ),
  hear(options, scene, input) {
    const failed = () => (options.else ? go(options.else, {}, { kind: 'stop' }) : person)
    // Keys are held until the status is said: the caller rang for it, and waiting invites a stray key.
    if (scene.state.doing === 'saying')
      return input.kind === 'promptDone' || input.kind === 'promptFailed' ? go(options.next) : undefined
    if (input.kind === 'actionFailed' || input.kind === 'silence') return failed()
    if (input.kind !== 'actionDone') return undefined
    const told = options.prompts[input.result.status ?? '']
    return told ? stay({ doing: 'saying' }, say(scene, told)) : go(options.unknown, {}, { kind: 'stop' })
  },
  inputs: (options, { state }) =>
    state.doing === 'acting'
      ? [
          { kind: 'silence' },
          { kind: 'actionFailed' },
          ...[...Object.keys(options.prompts), 'no-such-status'].map(
            one => ({ kind: 'actionDone', result: { status: one } }) as const,
          ),
        ]
      : [],
}
