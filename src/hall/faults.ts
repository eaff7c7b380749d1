import type { FaultKinds } from '../foundation/schema.ts'

/** What the hall refuses between rooms, by its code and of which kind. */
export const hallFaults = {
  'close-late': 'ours',
  'link-missing': 'ours',
  'on-hold': 'conflict',
  'orders-missing': 'ours',
  'phrases-unreadable': 'invalid',
  'proof-missing': 'forbidden',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    hall: typeof hallFaults
  }
}
