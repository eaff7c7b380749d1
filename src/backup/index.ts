/**
 * Backup and restore: everything in one file, namely the database, the data folder with recordings and keys, and the rules.
 * A restored backup is verified by its hashes, and nothing that exists is overwritten.
 */

export { type BackupSource, type BackupTarget, makeBackup, restoreBackup } from './backup.ts'
export { backupFaults } from './faults.ts'
export type { Manifest } from './manifest.ts'
export { isSealed } from './sealed.ts'
