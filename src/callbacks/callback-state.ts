import { type CallbackState, callbackStateSchema } from './api.ts'
import type { CallbackEventKind } from './happening.ts'

/**
 * Where a callback is.
 *
 *              given-back, nobody, not-rung
 *            ┌──────────┬────────────┬────────────┐
 *            ▼          │            │            │
 *  owed ──▶ open ─taken─▶ taken ─rung─▶ ringing ─met─▶ talking
 *            │          │            │            │
 *            └─ closed ─┴── closed ──┴── closed ──┴──▶ closed ─┐ forgotten
 *                                                       ▲──────┘
 *
 * - `open`: owed, and nobody has it; after nobody was reached it waits for its next time.
 * - `taken`: one agent has it, and nobody else.
 * - `ringing`: they ring the citizen, or did, and nobody answered.
 * - `talking`: they talk to them, or did; whoever rings us meanwhile is there without being rung.
 * - `closed`: served, an order made, a wrong number, given up, served when they rang again, or forgotten.
 *
 * Whoever has one has it for so long, unless they talk: then it is open again, at its place.
 * Whoever they are handed on to while they talk has it from then on.
 * Whatever is lost again, another time that they heard, another number, an opting out and a warning come wherever it is owed, and lead nowhere else.
 */
export const callbackStates = callbackStateSchema.options

const anywhere = (state: CallbackState) =>
  ({ 'lost-again': state, told: state, moved: state, unwilling: state, warned: state }) as const

/** What can happen where, and where it leads. What is not here cannot happen. */
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
