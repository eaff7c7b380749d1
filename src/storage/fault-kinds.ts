import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const storageFaults = {
  'copy-refused': 'away',
  'data-dir-locked': 'away',
  'data-dir-open': 'away',
  'data-dir-too-long': 'away',
  'data-dir-unusable': 'away',
  'database-away': 'away',
  'database-late': 'away',
  'database-newer': 'away',
  'key-unreadable': 'invalid',
  'migration-changed': 'ours',
  'row-unexpected': 'ours',
  'statement-refused': 'ours',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    storage: typeof storageFaults
  }
}

export type StorageFaultCode = keyof typeof storageFaults
