import type { FlowSet } from '../flow.ts'
import { beginning, step } from '../step.ts'
import type { Effect, Input } from '../turn.ts'
import { courseAfter, noCourse } from './course.ts'
import type { Move, Visit } from './explore.ts'

/** A path as a caller lives it. */
export type Lived =
  | { readonly kind: 'hears'; readonly text: string }
  | { readonly kind: 'presses'; readonly key: string }
  | { readonly kind: 'waits'; readonly seconds: number }
  | { readonly kind: 'speaks' }
  | { readonly kind: 'hangs-up' }
  /** What the house comes upon: facts of a branch, an action's end, the queue's. */
  | {
      readonly kind: 'meets'
      readonly what: Exclude<Input['kind'], 'key' | 'silence' | 'utterance' | 'hangup'>
    }

export function movesTo(visit: Visit): readonly Move[] {
  const moves: Move[] = []
  for (let move = visit.from; move; move = move.start.from) moves.unshift(move)
  return moves
}

/** Lives through a call of this flow, input by input. */
export function liveThrough(set: FlowSet, flow: string, inputs: readonly Input[]): readonly Lived[] {
  let state = beginning(flow)
  let course = noCourse
  return inputs.flatMap(input => {
    const done = doneBy(input, course.waitMs)
    const next = step(set, state, input)
    state = next.state
    course = courseAfter(course, input, next.effects)
    return [...done, ...heardIn(next.effects)]
  })
}

function heardIn(effects: readonly Effect[]): readonly Lived[] {
  // A later prompt replaces an earlier one before a word of it is heard.
  const said = effects.filter(effect => effect.kind === 'say').at(-1)
  return said?.kind === 'say' ? said.utterances.map(({ text }) => ({ kind: 'hears', text })) : []
}

function doneBy(input: Input, waitMs = 0): readonly Lived[] {
  switch (input.kind) {
    case 'key':
      return [{ kind: 'presses', key: input.key }]
    case 'silence':
      return [{ kind: 'waits', seconds: waitMs / 1000 }]
    case 'utterance':
      return [{ kind: 'speaks' }]
    case 'hangup':
      return [{ kind: 'hangs-up' }]
    case 'started':
    case 'promptDone':
      return []
    default:
      return [{ kind: 'meets', what: input.kind }]
  }
}

/** Words for what callers live through, in a language of ours. */
export type PathWords = {
  hears(text: string): string
  presses(key: string): string
  waits(seconds: number): string
  readonly speaks: string
  readonly hangsUp: string
  readonly meets: Readonly<Record<string, string>>
  /** Between two of them. */
  readonly joint: string
}

export const englishWords: PathWords = {
  hears: text => `hears "${text}"`,
  presses: key => `presses ${key}`,
  waits: seconds => `waits ${seconds} s`,
  speaks: 'speaks',
  hangsUp: 'hangs up',
  meets: {
    promptFailed: 'the prompt fails',
    facts: 'it is decided',
    actionDone: 'it is done',
    actionFailed: 'it fails',
    promised: 'a callback is owed',
    place: 'the queue moves',
    full: 'the queue is full',
    queueFailed: 'the queue fails',
    served: 'a person answers',
  },
  joint: ', ',
}

/** `hears "…", presses 2, waits 5 s`. */
export function tellPath(path: readonly Lived[], words: PathWords = englishWords): string {
  return path
    .map(one => {
      switch (one.kind) {
        case 'hears':
          return words.hears(one.text)
        case 'presses':
          return words.presses(one.key)
        case 'waits':
          return words.waits(one.seconds)
        case 'speaks':
          return words.speaks
        case 'hangs-up':
          return words.hangsUp
        default:
          return words.meets[one.what] ?? one.what
      }
    })
    .join(words.joint)
}
