import type { Utterance } from '../../speech/index.ts'
import type { Effect, Input } from '../turn.ts'

/** What is in progress at an instant of a call. If nothing is, a waiting caller would wait for ever. */
export type Course = {
  readonly speech?: readonly Utterance[] | undefined
  /** The patience timer that is running, in ms. */
  readonly waitMs?: number | undefined
  readonly task: boolean
  readonly line: boolean
}

export const noCourse: Course = { task: false, line: false }

/** The course after an input and the effects of its step. */
export function courseAfter(before: Course, input: Input, effects: readonly Effect[]): Course {
  let { speech, waitMs, task, line } = answered(before, input)
  for (const effect of effects)
    switch (effect.kind) {
      case 'say':
        speech = effect.utterances
        waitMs = undefined
        break
      case 'music':
        speech = undefined
        waitMs = undefined
        break
      case 'stop':
        speech = undefined
        waitMs = undefined
        task = false
        break
      case 'wait':
        waitMs = effect.ms
        break
      case 'look':
      case 'action':
      case 'promise':
      case 'transfer':
      case 'endRecord':
        task = true
        break
      case 'queue':
        line = true
        break
      case 'leaveQueue':
        line = false
        break
    }
  return { speech, waitMs, task, line }
}

/** Ends what the input answers. */
function answered(course: Course, { kind }: Input): Course {
  switch (kind) {
    case 'promptDone':
    case 'promptFailed':
      return { ...course, speech: undefined }
    case 'silence':
      return { ...course, waitMs: undefined }
    case 'facts':
    case 'actionDone':
    case 'promised':
    case 'actionFailed':
      return { ...course, task: false }
    case 'full':
    case 'queueFailed':
    case 'served':
      return { ...course, line: false }
    default:
      return course
  }
}

/** Distinguishes courses by what is in progress, not by how long it takes. */
export function courseKey({ speech, waitMs, task, line }: Course): number {
  return (speech ? 1 : 0) + (waitMs === undefined ? 0 : 2) + (task ? 4 : 0) + (line ? 8 : 0)
}
