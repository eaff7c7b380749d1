import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const textFaults = {
  'text-failed': 'away',
  'text-number': 'invalid',
  'text-refused': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    texts: typeof textFaults
  }
}

export type TextFaultCode = keyof typeof textFaults
