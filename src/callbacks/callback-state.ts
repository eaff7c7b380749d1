import { type CallbackState, callbackStateSchema } from './api.ts'
import type { CallbackEventKind } from './happening.ts'

/**
 * The state of a callback.
 *
 *              given-back, nobody, not-rung
 *            ┌──────────┬────────────┬────────────┐
 *            ▼          │            │            │
 *  owed ──▶ open ─taken─▶ taken ─rung─▶ ringing ─met─▶ talking
 *            │          │            │            │
 *            └─ closed ─┴── closed ──┴── closed ──┴──▶ closed ─┐ forgotten
 *                                                       ▲──────┘
 *
 * - `open`: owed, and nobody holds it; if nobody was reached, it waits for its next attempt.
 * - `taken`: held by one agent.
 * - `ringing`: the agent rings the citizen, or rang and nobody answered.
 * - `talking`: they talk, or did; a citizen who rang us meanwhile gets here without being rung.
 * - `closed`: served, an order made, a wrong number, given up, served when they rang again, or forgotten.
 *
 * A holder has it for a limited time, except while they talk; after that it is open again, at its place.
 * If the citizen is transferred during the talk, the new agent holds it from then on.
 * A further loss, a corrected time, another number, an opt-out and a warning can come in any state but `closed`, and do
 * not change the state.
 */
export const callbackStates = callbackStateSchema.options

const anywhere = (state: CallbackState) =>
  ({ 'lost-again': state, told: state, moved: state, unwilling: state, warned: state }) as const

/** The events possible in each state, and the state that each leads to. Anything else cannot happen. */
export const callbackMoves: Readonly<
  Record<CallbackState, Partial<Readonly<Record<CallbackEventKind, CallbackState>>>>
> = {
  open: { ...anywhere('open'), owed: 'open', taken: 'taken', closed: 'closed' },
  taken: {
    ...anywhere('taken'),
    'given-back': 'open',
    rung: 'ringing',
    met: 'talking',
    nobody: 'open',
    closed: 'closed',
  },
  ringing: {
    ...anywhere('ringing'),
    rung: 'ringing',
    'not-rung': 'open',
    unanswered: 'ringing',
    met: 'talking',
    'given-back': 'open',
    nobody: 'open',
    closed: 'closed',
  },
  talking: {
    ...anywhere('talking'),
    rung: 'ringing',
    met: 'talking',
    parted: 'talking',
    'given-back': 'open',
    nobody: 'open',
    closed: 'closed',
  },
  closed: { forgotten: 'closed' },
}
