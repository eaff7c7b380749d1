/**
 * What happened, so that nobody can change it unseen. A room gives its events to `append` in the transaction in which
 * they happen; they are chained, sealed each day with a key that the database does not hold, and the seals sent out; an
 * audit walks the chains, rebuilds from them every column that is reported, and compares both ways.
 *
 *     act -> append -> ledger_events, ledger_links, ledger_heads      ledger.ts, link.ts
 *                          |  each day
 *                          seal -> a file, a webhook, a time stamp    seal.ts, sealing.ts
 *                          |  when asked
 *                          audit <- the rooms' tables, the seals      walk.ts, reported.ts, audit.ts
 */

export type { Audit, Break, ChainHead, RoomAudit, Seal } from './api.ts'
export { audit } from './audit.ts'
export { ledgerBrings } from './brings.ts'
export type { EventsByStream, StoredEvent } from './events.ts'
export { type LedgerKeys, ledgerKeys, publicKeyOf, readLedgerKeys } from './keys.ts'
export { createLedger, type Entry, type Ledger } from './ledger.ts'
export { adopting, ledgerMigrations } from './migrations.ts'
export type { ExpectedRow, Reported, ReportedTable } from './reported.ts'
export { type Auditing, openAuditing } from './room.ts'
export { signerOf } from './seal.ts'
export type { SealWay } from './way.ts'
export { fileWay } from './ways/file.ts'
export { timeStampWay } from './ways/time-stamp.ts'
export { webhookWay } from './ways/webhook.ts'
