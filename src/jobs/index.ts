/**
 * Durable jobs: work with a due date that survives the process, by pg-boss on PGlite or PostgreSQL. A job is enqueued in
 * the transaction that creates it, claimed by one node at a time, retried when it fails or its node dies, and can be
 * settled in the transaction that fulfils it. Due dates follow our own clock.
 */

export { jobBrings } from './brings.ts'
export { jobFigures } from './figures.ts'
export { forgetsJobs } from './holdings.ts'
export { type Jobs, openJobs } from './jobs.ts'
export { defineQueue, type Handler, handle, type Job, type Queue } from './queue.ts'
