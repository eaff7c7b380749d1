import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
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
