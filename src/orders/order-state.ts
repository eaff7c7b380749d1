import { orderStageSchema, type Stage } from './api.ts'
import type { EventKind } from './event.ts'

/**
 * The stage of an order.
 *
 *     made ─────▶ undispatched      return-asked, return-decided,
 *                                     appointed, reclassified; returned
 *       │               │                ┌──────┐
 *       │           dispatched           ▼      │
 *       └───────────────┴─────────────▶ waiting ─┘ ── signed ──▶ handling ── closed ──▶ closed
 *                                        │                          ▲                    ▲ │
 *                                        │                          └───── reopened ─────┼─┘
 *                                        └───── closed, where it was answered at once ───┘
 *
 * `merged` leads from `undispatched`, `waiting` and `handling` to `merged`; from there `parted` leads back to the stage
 * before (`as-before`), and `closed`, together with the lead order, to `closed`.
 * `taken-back` leads from `waiting` to `undispatched`, for an order that a rule dispatched and nobody has signed.
 *
 * - `undispatched`: no unit was named when it was made; a dispatcher at the centre has to, within a limit of its own.
 * - `waiting`: a unit has it and has not signed; it may still go elsewhere. An undecided return leaves it at this stage.
 * - `handling`: the first unit that signed leads to the end.
 * - `merged`: a repeated demand, handled with another order; it has that order's unit, which has nothing to do here.
 * - `closed`: the unit says it is done; the citizen is asked, and may disagree. No unit can be asked to help any more, and
 *   the number is no longer shown.
 */
export const stages = orderStageSchema.options

/** The events possible at each stage, and the stage that each leads to. Anything else cannot happen. */
export const moves: Readonly<Record<Stage, Partial<Readonly<Record<EventKind, Stage | 'as-before'>>>>> = {
  undispatched: {
    added: 'undispatched',
    'confidential-set': 'undispatched',
    'contact-verified': 'undispatched',
    evidenced: 'undispatched',
    warned: 'undispatched',
    dispatched: 'waiting',
    'person-asked': 'undispatched',
    merged: 'merged',
    joined: 'undispatched',
    likened: 'undispatched',
    'told-apart': 'undispatched',
    'state-told': 'undispatched',
    split: 'undispatched',
    left: 'undispatched',
  },
  waiting: {
    instructed: 'waiting',
    'instruction-answered': 'waiting',
    'instruction-ended': 'waiting',
    'site-asked': 'waiting',
    'site-checked': 'waiting',
    added: 'waiting',
    assigned: 'waiting',
    granted: 'waiting',
    helped: 'waiting',
    supported: 'waiting',
    'grant-ended': 'waiting',
    'confidential-set': 'waiting',
    'contact-verified': 'waiting',
    returned: 'waiting',
    'return-asked': 'waiting',
    'return-decided': 'waiting',
    appointed: 'waiting',
    reclassified: 'waiting',
    evidenced: 'waiting',
    warned: 'waiting',
    signed: 'handling',
    closed: 'closed',
    'taken-back': 'undispatched',
    looked: 'waiting',
    'person-asked': 'waiting',
    succeeded: 'waiting',
    merged: 'merged',
    joined: 'waiting',
    likened: 'waiting',
    'told-apart': 'waiting',
    'state-told': 'waiting',
    split: 'waiting',
    left: 'waiting',
  },
  handling: {
    instructed: 'handling',
    'instruction-answered': 'handling',
    'instruction-ended': 'handling',
    'site-asked': 'handling',
    'site-checked': 'handling',
    added: 'handling',
    'contact-verified': 'handling',
    assigned: 'handling',
    supported: 'handling',
    granted: 'handling',
    helped: 'handling',
    'citizen-asked': 'handling',
    'citizen-answered': 'handling',
    'citizen-silent': 'handling',
    'grant-ended': 'handling',
    'confidential-set': 'handling',
    revealed: 'handling',
    progressed: 'handling',
    reclassified: 'handling',
    evidenced: 'handling',
    withdrawn: 'handling',
    'extension-asked': 'handling',
    'extension-decided': 'handling',
    warned: 'handling',
    answered: 'handling',
    'closing-judged': 'handling',
    rung: 'handling',
    closed: 'closed',
    looked: 'handling',
    'person-asked': 'handling',
    succeeded: 'handling',
    merged: 'merged',
    joined: 'handling',
    'told-apart': 'handling',
    'state-told': 'handling',
    split: 'handling',
    left: 'handling',
  },
  merged: {
    added: 'merged',
    followed: 'merged',
    'state-told': 'merged',
    parted: 'as-before',
    'confidential-set': 'merged',
    'contact-verified': 'merged',
    evidenced: 'merged',
    revealed: 'merged',
    warned: 'merged',
    answered: 'merged',
    rung: 'merged',
    closed: 'closed',
  },
  closed: {
    evidenced: 'closed',
    'site-asked': 'closed',
    'site-checked': 'closed',
    'grant-ended': 'closed',
    'confidential-set': 'closed',
    answered: 'closed',
    'closing-judged': 'closed',
    warned: 'closed',
    rung: 'closed',
    'erasure-asked': 'closed',
    'erasure-refused': 'closed',
    looked: 'closed',
    left: 'closed',
    'state-told': 'closed',
    reopened: 'handling',
  },
}
