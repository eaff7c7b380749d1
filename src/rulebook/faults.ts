import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const rulebookFaults = {
  'rule-refused': 'invalid',
  'rule-draft-missing': 'missing',
  'rule-draft-changed': 'conflict',
  'rule-moved': 'conflict',
  'rule-same': 'conflict',
  'rule-from-past': 'invalid',
  'rule-version-unknown': 'missing',
  'rule-alone': 'forbidden',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    rulebook: typeof rulebookFaults
  }
}

export type RulebookFaultCode = keyof typeof rulebookFaults

export const fault = (code: RulebookFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
