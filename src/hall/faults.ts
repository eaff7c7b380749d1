import { backupFaults } from '../backup/index.ts'
import { cityFaults } from '../city/index.ts'
import { foundationFaults } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'
import { mediaFaults } from '../media/index.ts'
import { settingFaults } from '../settings/index.ts'
import { sipdFaults } from '../sipd/index.ts'
import { speechFaults } from '../speech/index.ts'
import { triageFaults } from '../triage/index.ts'

/** What the hall refuses between rooms, by its code and of which kind. */
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

/** Rooms that have no table and no job, and nothing to say before they open but what they refuse. */
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
