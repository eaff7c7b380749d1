import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const mediaFaults = {
  'bridge-failed': 'ours',
  'media-full': 'away',
  'media-unusable': 'away',
  'port-range': 'ours',
  'recording-failed': 'ours',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    media: typeof mediaFaults
  }
}

export type MediaFaultCode = keyof typeof mediaFaults
