import { createAttempts } from './attempt-actions.ts'
import { createHands } from './hand.ts'
import { createLinks } from './link-actions.ts'
import { createOwing } from './owe.ts'

type Parts = Parameters<typeof createAttempts>[0] & Parameters<typeof createLinks>[0]

export type SurveyActions = ReturnType<typeof createActions>

/** The only writer of this room's tables. */
export function createActions(parts: Parts) {
  const hands = createHands(parts)
  return {
    ...hands,
    ...createOwing(parts, hands),
    ...createAttempts(parts, hands),
    ...createLinks(parts, hands),
  }
}
