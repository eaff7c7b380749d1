import type { FaultKinds } from '../foundation/schema.ts'

/** The room's fault codes, each with its kind. */
export const deskFaults = {
  'already-supervised': 'conflict',
  cancelled: 'conflict',
  'caller-not-waiting': 'conflict',
  'contact-invalid': 'invalid',
  'dates-invalid': 'invalid',
  'desk-elsewhere': 'away',
  'machine-answered': 'conflict',
  'no-answer': 'conflict',
  'not-now': 'invalid',
  'number-being-rung': 'conflict',
  'number-not-listed': 'invalid',
  'seat-away': 'conflict',
  'seat-busy': 'conflict',
  'seat-exists': 'conflict',
  'seat-hung-up': 'invalid',
  'seat-not-ready': 'invalid',
  'seat-number-taken': 'conflict',
  'seat-unknown': 'missing',
  'seat-unreachable': 'conflict',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    desk: typeof deskFaults
  }
}

export type DeskFaultCode = keyof typeof deskFaults
