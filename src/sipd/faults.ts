import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const sipdFaults = {
  'certificate-unreadable': 'invalid',
  'control-address-unusable': 'invalid',
  'control-port-taken': 'invalid',
  'sip-address-unusable': 'invalid',
  'sip-port-taken': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    sipd: typeof sipdFaults
  }
}

export type SipdFaultCode = keyof typeof sipdFaults
