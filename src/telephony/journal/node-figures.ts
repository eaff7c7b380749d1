import { counter, type Figure, labelled, type Part, sidePart } from '../../foundation/index.ts'
import type { CutCalls } from './cut.ts'

/** What operators watch of the processes that take calls. */
export const nodeFigures = (cut: () => CutCalls): readonly Figure[] => [
  counter('jieting_calls_cut_total', 'Callers on the line when their process died, by where they were', () =>
    labelled('at', cut()),
  ),
]

/** A part only where there is something to say: most hotlines are one node. */
export const nodeParts = (holdsDesk: boolean): readonly Part[] =>
  holdsDesk ? [] : [sidePart('desk', 'another node holds the desk: callers here leave messages')]
