import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const callFaults = {
  'already-dialled': 'conflict',
  'answer-late': 'away',
  'bridge-failed': 'ours',
  busy: 'conflict',
  'hung-up': 'conflict',
  'line-down': 'away',
  'media-full': 'away',
  'media-timeout': 'invalid',
  'no-answer': 'conflict',
  'no-trunk': 'away',
  'rest-barred': 'ours',
  'rest-later': 'away',
  'rest-refused': 'ours',
  'rest-unknown': 'away',
  'reach-refused': 'invalid',
  'reach-too-often': 'too-often',
  rejected: 'conflict',
  'too-long': 'invalid',
  'trunk-failed': 'away',
  unreachable: 'conflict',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    telephony: typeof callFaults
  }
}

export type CallFaultCode = keyof typeof callFaults

export const isCallFault = (reason: string): reason is CallFaultCode => Object.hasOwn(callFaults, reason)
