/**
 * The audit trail: who read, searched, revealed, heard, exported, erased, signed in, or changed rights or rules; for which
 * order or call, from where and how. It is append-only, chained in the ledger, and kept as long as the city says. It holds
 * no citizen's words, name or number: an order appears by its number, a phone number as a keyed hash.
 */

export type { TrailAct, TrailEntry, TrailPage, TrailQuery } from './api.ts'
export { trailBrings } from './brings.ts'
export { reportedTrail } from './reported.ts'
export { openTrail, type Trail } from './trail.ts'
