import type { FaultKinds } from '../foundation/index.ts'

export const ledgerFaults: FaultKinds = {
  'seal-not-sent': 'away',
  'ledger-key-wrong': 'ours',
  'ledger-set-back': 'ours',
}
