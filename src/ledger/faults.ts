import type { FaultKinds } from '../foundation/index.ts'

/** What this room refuses, by its code and of which kind. */
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
