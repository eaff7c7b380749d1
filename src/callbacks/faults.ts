import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** The fault codes of this room, with their kinds. */
export const callbackFaults = {
  'caller-on-the-line': 'conflict',
  'caller-with-another': 'conflict',
  'seat-phone-failed': 'conflict',
  'callback-unknown': 'missing',
  'callback-taken': 'conflict',
  'callback-not-taken': 'conflict',
  'callback-closed': 'conflict',
  'callback-not-to-be-rung': 'conflict',
  'callback-too-early': 'conflict',
  'callback-order-missing': 'invalid',
  'callback-history': 'ours',
  'message-unknown': 'missing',
  'promise-unsafe': 'away',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    callbacks: typeof callbackFaults
  }
}

export type CallbackFaultCode = keyof typeof callbackFaults

export const fault = (code: CallbackFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
