/**
 * The audit trail: who read, searched, revealed, heard, exported, erased, signed in and changed rights or rules; about
 * which order or call, from where and by which way. It is only ever added to, is chained in the ledger, and is kept as
 * the city says. No word, name or number of a citizen is in it: an order has its number, a telephone a keyed mark.
 */

export type { TrailAct, TrailEntry, TrailPage, TrailQuery } from './api.ts'
export { trailBrings } from './brings.ts'
export { reportedTrail } from './reported.ts'
export { openTrail, type Trail } from './trail.ts'
