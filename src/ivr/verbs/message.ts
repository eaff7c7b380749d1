import { z } from 'zod'
import { isPromise, knowsDue, promise, promising } from '../promise.ts'
import { say } from '../speak.ts'
import type { Effect } from '../turn.ts'
import { type Edge, go, stay, type Turn, type Verb } from '../verb.ts'
import { duration, type FlowKey, keyTargets, name, prompt, target } from '../vocabulary.ts'

const schema = z.strictObject({
  name: name.describe('What the recording is about: an answer of a survey, a demand.'),
  prompt: prompt.describe('Says that recording begins now, and how to end it.'),
  atMost: duration.describe('How long it may be.'),
  readback: prompt.describe(
    'Said when it is kept, with the number that will be rung: {caller}. Where it says so the callback is owed before.',
  ),
  keys: keyTargets.default({}).describe('Keys after that, such as one to give another number.'),
  next: target,
  else: target.describe('Where a recording that failed leads.'),
})
type Options = z.output<typeof schema>

/** Phases: prompt -> recording (any key ends it) -> keeping -> promising, if the words promise -> read back. */
const keeping = 'keeping'
const readingBack = 'readback'

export const message: Verb<Options> = {
  name: 'message',
  about: 'Records what the caller says, and reads back the number that will be rung.',
  schema,
  prompts: options => [
    { path: ['prompt'], prompt: options.prompt },
    { path: ['readback'], prompt: options.readback, ...knowsDue },
  ],
  edges: options => [
    ...Object.entries(options.keys).map(
      ([key, to]): Edge => ({ label: `key ${key}`, path: ['keys', key], to }),
    ),
    { label: 'recorded', path: ['next'], to: options.next },
    { label: 'failed', path: ['else'], to: options.else },
  ],
  enter: (options, scene) => stay({ doing: 'saying' }, say(scene, options.prompt)),
  hear(options, scene, input) {
    const { doing, phase, values } = scene.state
    const record: readonly Effect[] = [
      { kind: 'record', name: options.name, values },
      { kind: 'wait', ms: options.atMost },
    ]
    const isLate = phase === promising && input.kind === 'silence'
    if (input.kind === 'actionFailed' || isLate) return go(options.else, {}, { kind: 'stop' })
    if (input.kind === 'actionDone' && isPromise(options.readback))
      return stay({ doing: 'acting', phase: promising }, ...promise(scene.state, options.name))
    if (input.kind === 'actionDone' || input.kind === 'promised')
      return stay(
        { doing: 'saying', phase: readingBack, promised: scene.state.promised },
        { kind: 'stop' },
        say(scene, options.readback),
      )
    if (phase === promising) return undefined
    if (phase === keeping) return undefined
    if (phase === readingBack) return afterwards(options, scene.flow.patienceMs, input)
    if (doing === 'recording')
      return input.kind === 'key' || input.kind === 'silence'
        ? stay({ doing: 'acting', phase: keeping }, { kind: 'endRecord' })
        : undefined
    if (input.kind === 'key') return stay({ doing: 'recording' }, { kind: 'stop' }, ...record)
    return input.kind === 'promptDone' || input.kind === 'promptFailed'
      ? stay({ doing: 'recording' }, ...record)
      : undefined
  },
  inputs: (_options, { state }) =>
    state.phase === promising
      ? [{ kind: 'silence' }, { kind: 'promised' }, { kind: 'actionFailed' }]
      : state.doing === 'recording'
        ? [{ kind: 'silence' }, { kind: 'actionDone', result: {} }, { kind: 'actionFailed' }]
        : state.doing === 'acting'
          ? [{ kind: 'actionDone', result: {} }, { kind: 'actionFailed' }]
          : [],
}

function afterwards(
  options: Options,
  patienceMs: number,
  input: Parameters<Verb['hear']>[2],
): Turn | undefined {
  const hasChoice = Object.keys(options.keys).length > 0
  switch (input.kind) {
    case 'promptDone':
      return hasChoice ? stay({ doing: 'waiting' }, { kind: 'wait', ms: patienceMs }) : go(options.next)
    case 'promptFailed':
    case 'silence':
      return go(options.next)
    case 'key':
      return go(options.keys[input.key as FlowKey] ?? options.next)
  }
  return undefined
}
