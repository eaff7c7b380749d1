import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const speechFaults = {
  'recognizer-failed': 'away',
  'recognizer-missing': 'away',
  'recognizer-refused': 'away',
  'recognizer-stalled': 'away',
  'recognizer-throttled': 'away',
  'speech-failed': 'away',
  'speech-unknown': 'invalid',
  'text-empty': 'invalid',
  'text-too-long': 'invalid',
  'voice-missing': 'away',
  'wav-unreadable': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    speech: typeof speechFaults
  }
}

export type SpeechFaultCode = keyof typeof speechFaults
