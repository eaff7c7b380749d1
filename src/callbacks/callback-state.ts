import { type CallbackState, callbackStateSchema } from './api.ts'
import type { CallbackEventKind } from './happening.ts'

/**
 * Where a callback is.
 *
 *              given-back, nobody
 *            ┌──────────┴────────────┐
 *            ▼          │            │
 *  owed ──▶ open ─taken─▶ taken ─rung─▶ ringing
 *            │          │            │
 *            └─ closed ─┴── closed ──┴──▶ closed ─┐ forgotten
 *                                          ▲──────┘
 *
 * - `open`: owed, and nobody has it; after nobody was reached it waits for its next time.
 * - `taken`: one agent has it, and nobody else.
 * - `ringing`: they ring the citizen, or talk to them.
 * - `closed`: served, an order made, a wrong number, given up, served when they rang again, or forgotten.
 *
 * Whatever is lost again, another number and a warning come wherever it is owed, and lead nowhere else.
 */
export const callbackStates = callbackStateSchema.options

const anywhere = (state: CallbackState) => ({ 'lost-again': state, moved: state, warned: state }) as const

/** What can happen where, and where it leads. What is not here cannot happen. */
export const callbackMoves: Readonly<
  Record<CallbackState, Partial<Readonly<Record<CallbackEventKind, CallbackState>>>>
> = {
  open: { ...anywhere('open'), owed: 'open', taken: 'taken', closed: 'closed' },
  taken: {
    ...anywhere('taken'),
    'given-back': 'open',
    rung: 'ringing',
    nobody: 'open',
    closed: 'closed',
  },
  ringing: { ...anywhere('ringing'), 'given-back': 'open', nobody: 'open', closed: 'closed' },
  closed: { forgotten: 'closed' },
}
