import { z } from 'zod'
import { knowsDue, promise, promiseOption, promising } from '../promise.ts'
import { say as speak } from '../speak.ts'
import { type Edge, go, stay, type Verb } from '../verb.ts'
import { prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  prompt,
  promise: promiseOption.optional(),
  next: target,
  else: target
    .optional()
    .describe('Where a promise leads that cannot be kept safe, or not be said; goes with `promise`.'),
})
type Options = z.output<typeof schema>

/** Says a prompt. A key cuts it short and is passed on, so that callers who know the way need not listen. */
export const say: Verb<Options> = {
  name: 'say',
  about: 'Says something and goes on.',
  schema,
  prompts: options => [{ path: ['prompt'], prompt: options.prompt, ...(options.promise ? knowsDue : {}) }],
  edges: options => [
    { label: 'said', path: ['next'], to: options.next },
    ...(options.else ? [{ label: 'not kept', path: ['else'], to: options.else } satisfies Edge] : []),
  ],
  faults: options =>
    (options.promise === undefined) === (options.else === undefined)
      ? []
      : [
          options.promise
            ? {
                path: ['promise'],
                found: 'no `else`',
                expected: '`else`: where it leads when nothing can be kept',
              }
            : {
                path: ['else'],
                found: 'no `promise`',
                expected: '`promise: callback`, which alone can fail',
              },
        ],
  enter: (options, scene) =>
    options.promise && !scene.state.promised
      ? stay({ doing: 'acting', phase: promising }, ...promise(scene.state))
      : stay({ doing: 'saying' }, speak(scene, options.prompt)),
  hear(options, scene, input) {
    if (input.kind === 'promised')
      return stay(
        { doing: 'saying', phase: '', promised: true },
        { kind: 'stop' },
        speak(scene, options.prompt),
      )
    // Keys are held until the promise has been said.
    if (scene.state.phase === promising)
      return input.kind === 'actionFailed' || input.kind === 'silence'
        ? go(options.else ?? options.next, {}, { kind: 'stop' })
        : undefined
    // What they are owed was not said: that is no goodbye.
    if (input.kind === 'promptFailed') return go(options.else ?? options.next)
    if (input.kind === 'promptDone') return go(options.next)
    if (input.kind === 'key') return go(options.next, { key: input.key })
    return undefined
  },
  inputs: (_, { state }) =>
    state.phase === promising ? [{ kind: 'promised' }, { kind: 'actionFailed' }, { kind: 'silence' }] : [],
}
