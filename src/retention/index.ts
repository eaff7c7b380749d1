/**
 * Retention of data. The city sets how long each kind of data is kept, and a job deletes what is over. A person's data is
 * exported as one file. A person or a single call is forgotten once two members agree. A legal hold keeps what a court or
 * a dispute needs until a date. Each room declares what its tables hold (`Holding`) and how it is erased (`Forgetter`).
 *
 *     rules, holds ---> sweeping      each hour, in bounded batches          sweeping.ts
 *     ask -> agree ---> forgetting    over every room, again until it is done  forgetting.ts
 */

export { retentionBrings } from './brings.ts'
export type { RetentionFaultCode } from './faults.ts'
export { openRetention, type Retention } from './retention.ts'
export { ordinaryRetention, type RetentionRules, readRetentionRules, retentionFile } from './rules.ts'
