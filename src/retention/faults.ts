import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const retentionFaults = {
  'forget-alone': 'conflict',
  'forget-asked': 'conflict',
  'forget-missing': 'missing',
  'hold-unknown': 'missing',
  'order-held': 'conflict',
  'hold-until': 'invalid',
  'person-number': 'invalid',
  'rule-invalid': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    retention: typeof retentionFaults
  }
}

export type RetentionFaultCode = keyof typeof retentionFaults

export const fault = (code: RetentionFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
