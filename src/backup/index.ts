/**
 * A copy of all that a house keeps, in one file, and the way back: its database, its data folder with recordings and
 * keys, and the files of rules. What is read back is held against its hashes, and nothing that is there is overwritten.
 */

export { type BackupSource, type BackupTarget, makeBackup, restoreBackup } from './backup.ts'
export { backupFaults } from './faults.ts'
export type { Manifest } from './manifest.ts'
export { isSealed } from './sealed.ts'
