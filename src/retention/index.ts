/**
 * What ends, and when. The city says how long each kind of data is kept, and a job lets go of what is over; all of one
 * person is exported as one file; they, or one call, are forgotten once two members say so; what a court or a dispute needs is held by name,
 * with a reason, until a day. Rooms say themselves what is in their tables (`Holding`) and how it goes (`Forgetter`).
 *
 *     rules, holds ---> sweeping      each hour, in bounded batches          sweeping.ts
 *     ask -> agree ---> forgetting    over every room, again until it is done  forgetting.ts
 */

export { retentionBrings } from './brings.ts'
export type { RetentionFaultCode } from './faults.ts'
export { openRetention, type Retention } from './retention.ts'
export { ordinaryRetention, type RetentionRules, readRetentionRules, retentionFile } from './rules.ts'
