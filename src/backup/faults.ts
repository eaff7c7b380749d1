import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const backupFaults = {
  'backup-changed': 'invalid',
  'backup-exists': 'conflict',
  'backup-newer': 'conflict',
  'backup-other': 'invalid',
  'backup-program': 'away',
  'backup-sealed': 'invalid',
  'backup-unreadable': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    backup: typeof backupFaults
  }
}
