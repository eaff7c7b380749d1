/**
 * A tamper-evident ledger of events. A room passes its events to `append` in the transaction in which they happen. They are
 * chained, sealed every day with a key that the database does not hold, and the seals are sent out. An audit walks the
 * chains, rebuilds every reported column from the events, and compares in both directions.
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
