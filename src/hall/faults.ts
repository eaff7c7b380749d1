import { backupFaults } from '../backup/index.ts'
import { cityFaults } from '../city/index.ts'
import { foundationFaults } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'
import { mediaFaults } from '../media/index.ts'
import { settingFaults } from '../settings/index.ts'
import { sipdFaults } from '../sipd/index.ts'
import { speechFaults } from '../speech/index.ts'
import { triageFaults } from '../triage/index.ts'

/** The codes that the hall refuses with, and their kinds. */
export const hallFaults = {
  'close-late': 'ours',
  'link-missing': 'ours',
  'on-hold': 'conflict',
  'orders-missing': 'ours',
  'phrases-unreadable': 'invalid',
  'proof-missing': 'forbidden',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    hall: typeof hallFaults
  }
}

/** Rooms without tables or jobs: before they open, all that they bring is their fault codes. */
export const refusalsAlone = [
  backupFaults,
  cityFaults,
  foundationFaults,
  hallFaults,
  mediaFaults,
  settingFaults,
  sipdFaults,
  speechFaults,
  triageFaults,
].map(faults => ({ faults }))
