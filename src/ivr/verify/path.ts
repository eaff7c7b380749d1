import type { FlowSet } from '../flow.ts'
import { beginning, step } from '../step.ts'
import type { Effect, Input } from '../turn.ts'
import { courseAfter, noCourse } from './course.ts'
import type { Move, Visit } from './explore.ts'

/** A step of a path as the caller experiences it. */
export type Lived =
  | { readonly kind: 'hears'; readonly text: string }
  | { readonly kind: 'presses'; readonly key: string }
  | { readonly kind: 'waits'; readonly seconds: number }
  | { readonly kind: 'speaks' }
  | { readonly kind: 'hangs-up' }
  /** What happens without the caller: facts of a branch, the end of an action or of the queue. */
  | {
      readonly kind: 'meets'
      readonly what: Exclude<Input['kind'], 'key' | 'silence' | 'utterance' | 'hangup'>
    }

export function movesTo(visit: Visit): readonly Move[] {
  const moves: Move[] = []
  for (let move = visit.from; move; move = move.start.from) moves.unshift(move)
  return moves
}

/** What the caller experiences in a call of this flow with these inputs. */
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
  // A later prompt replaces an earlier one before any of it is heard.
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

/** Words that describe a path, in one language. */
export type PathWords = {
  hears(text: string): string
  presses(key: string): string
  waits(seconds: number): string
  readonly speaks: string
  readonly hangsUp: string
  readonly meets: Readonly<Record<string, string>>
  /** What joins two steps. */
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

/** Describes a path, such as `hears "…", presses 2, waits 5 s`. */
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
