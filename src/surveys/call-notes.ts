import type { FlowEvent } from '../ivr/index.ts'
import { surveyWords } from './needs.ts'
import type { PersonWish } from './survey.ts'

/** Notes on a survey call besides its answers; times in ms since the INVITE. */
export type CallNotes = {
  /** Whether a key was pressed, which proves that somebody was there. */
  readonly isPressed: boolean
  /** Whether they were sent a link in the call. */
  readonly isLinked: boolean
  readonly person?: PersonWish
  /** When they told why they are dissatisfied. */
  readonly reason?: { readonly fromMs: number; readonly untilMs?: number }
  /** Set while they wait for a person; `heardMs` is when one answered. */
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
      // A new place after a person had answered: the connection was lost.
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

/** A citizen who hangs up on a person was served; if there was no place in the queue, nobody waited. */
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
