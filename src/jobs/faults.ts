import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const jobFaults = {
  'boss-changed': 'ours',
  'job-garbled': 'ours',
  'job-late': 'ours',
  'job-lost': 'ours',
  'job-without-key': 'ours',
  'jobs-closed': 'ours',
  'queue-unknown': 'ours',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    jobs: typeof jobFaults
  }
}

export type JobFaultCode = keyof typeof jobFaults
