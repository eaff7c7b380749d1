import type { FaultKinds } from '../foundation/index.ts'

/** The codes of this room's refusals, each with its kind. */
export const ledgerFaults = {
  'seal-not-sent': 'away',
  'ledger-key-wrong': 'ours',
  'ledger-set-back': 'ours',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    ledger: typeof ledgerFaults
  }
}
