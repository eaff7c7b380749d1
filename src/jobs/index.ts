/**
 * Memory for later: jobs with a date that outlive the process, over pg-boss on whichever database the house has.
 * A job is enqueued in the transaction that creates it, claimed by one node at a time, tried again when it fails or
 * its node dies, and can be settled in the transaction that fulfils it. Time is the house's clock.
 */

export { jobBrings } from './brings.ts'
export { jobFigures } from './figures.ts'
export { forgetsJobs } from './holdings.ts'
export { type Jobs, openJobs } from './jobs.ts'
export { defineQueue, type Handler, handle, type Job, type Queue } from './queue.ts'
