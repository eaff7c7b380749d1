import type { FaultKinds } from '../foundation/schema.ts'

/** The fault codes of this room, with their kinds. */
export const callerFaults = {
  'caller-late': 'away',
  'code-over': 'conflict',
  'code-too-often': 'too-often',
  'code-wrong': 'conflict',
  'ladder-alone': 'conflict',
  'ladder-days': 'invalid',
  'ladder-decided': 'conflict',
  'ladder-facts': 'invalid',
  'ladder-step': 'conflict',
  'ladder-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    callers: typeof callerFaults
  }
}

export type CallerFaultCode = keyof typeof callerFaults
