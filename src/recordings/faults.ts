import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const recordingFaults = {
  'recording-unknown': 'missing',
  'recording-forbidden': 'forbidden',
  'recording-running': 'conflict',
  'not-recorded': 'conflict',
  'note-unknown': 'missing',
  'sheet-unknown': 'invalid',
  'marks-unfit': 'invalid',
  'review-unknown': 'missing',
  'review-answered': 'conflict',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    recordings: typeof recordingFaults
  }
}

export type RecordingFaultCode = keyof typeof recordingFaults

export const recordingFault = (code: RecordingFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
