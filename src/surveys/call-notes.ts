import type { FlowEvent } from '../ivr/index.ts'
import { surveyWords } from './needs.ts'
import type { PersonWish } from './survey.ts'

/** What is to be known of a survey call when it is over, beside the answers; times in ms since the INVITE. */
export type CallNotes = {
  /** A key was pressed: somebody was there. */
  readonly isPressed: boolean
  /** They were sent a link in the call. */
  readonly isLinked: boolean
  readonly person?: PersonWish
  /** When they said why they are not content. */
  readonly reason?: { readonly fromMs: number; readonly untilMs?: number }
  /** They wait for a person; since `heardMs` one has answered. */
  readonly waits?: { readonly fromMs: number; readonly heardMs?: number; readonly unasked?: true }
}

export const noNotes: CallNotes = { isPressed: false, isLinked: false }

/** The notes after one more event of the flow. */
export function noted(notes: CallNotes, event: FlowEvent, atMs: number): CallNotes {
  switch (event.kind) {
    case 'key':
      return { ...notes, isPressed: true }
    case 'texted':
      return event.template === surveyWords.link ? { ...notes, isLinked: true } : notes
    case 'queued':
      return { ...notes, waits: { fromMs: atMs, unasked: event.unasked } }
    case 'place':
      // Another place after a person had answered: they were lost again.
      return notes.waits
        ? { ...notes, waits: { ...notes.waits, heardMs: event.place === 0 ? atMs : undefined } }
        : notes
    case 'unqueued':
      return { ...notes, waits: undefined, person: wishOf(notes, event.end, atMs) }
    case 'recording':
      return event.name === surveyWords.reason ? { ...notes, reason: { fromMs: atMs } } : notes
    case 'recorded':
      return event.name === surveyWords.reason && notes.reason
        ? { ...notes, reason: { ...notes.reason, untilMs: atMs } }
        : notes
    default:
      return notes
  }
}

/** Who hangs up on a person was served, too; where there was no place to wait in, nobody waited. */
function wishOf(
  { waits }: CallNotes,
  end: Extract<FlowEvent, { kind: 'unqueued' }>['end'],
  atMs: number,
): PersonWish {
  const heardMs = waits?.heardMs
  const hadPlace = end !== 'full' && end !== 'failed'
  return {
    served: end === 'served' || heardMs !== undefined,
    unasked: waits?.unasked,
    waitedMs: waits && hadPlace ? (heardMs ?? atMs) - waits.fromMs : undefined,
  }
}
