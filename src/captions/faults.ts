import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const captionFaults = {
  'call-not-up': 'conflict',
  'fix-unfit': 'invalid',
  'line-unknown': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    captions: typeof captionFaults
  }
}

export type CaptionFaultCode = keyof typeof captionFaults
