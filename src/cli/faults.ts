import type { FaultKinds } from '../foundation/schema.ts'

/** What the terminal refuses by itself, by its code and of which kind. */
export const cliFaults = {
  'fault-unknown': 'ours',
  'file-unwritable': 'invalid',
  'language-unknown': 'invalid',
  'secret-differs': 'invalid',
  'server-foreign': 'away',
  'server-silent': 'away',
  'speaker-failed': 'away',
  'speaker-missing': 'away',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    cli: typeof cliFaults
  }
}
