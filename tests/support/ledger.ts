/** A ledger with a key that only tests know. */
import { createLedger, ledgerKeys } from '../../src/ledger/index.ts'

export const testKeys = ledgerKeys(Buffer.alloc(32, 7))
export const testLedger = createLedger(testKeys.mac)
