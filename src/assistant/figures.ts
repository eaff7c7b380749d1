import { counter, type Figure, labelled } from '../foundation/index.ts'

/** Why something of an answer was dropped. */
export type DropReason = 'not-said' | 'not-borne-out' | 'denied' | 'no-entry' | 'unknown-field' | 'too-long'

/** What this node has asked of the language model since its start. */
export type AssistantCounts = {
  readonly asked: { reading: number; answer: number }
  readonly outcomes: { answered: number; late: number; wrong: number; away: number }
  readonly dropped: Record<DropReason, number>
}

export const noCounts = (): AssistantCounts => ({
  asked: { reading: 0, answer: 0 },
  outcomes: { answered: 0, late: 0, wrong: 0, away: 0 },
  dropped: {
    'not-said': 0,
    'not-borne-out': 0,
    denied: 0,
    'no-entry': 0,
    'unknown-field': 0,
    'too-long': 0,
  },
})

/** What operators watch of the language model. */
export const assistantFigures = (counts: AssistantCounts): readonly Figure[] => [
  counter('jieting_assistant_asked_total', 'Times that the language model was asked, by for what', () =>
    labelled('what', counts.asked),
  ),
  counter('jieting_assistant_outcomes_total', 'What came of it: late is after 2 s', () =>
    labelled('outcome', counts.outcomes),
  ),
  counter('jieting_assistant_dropped_total', 'Parts of its answers that were dropped, by why', () =>
    labelled('reason', counts.dropped),
  ),
]
