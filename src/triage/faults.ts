import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const triageFaults = {
  'example-invalid': 'invalid',
  'label-alone': 'invalid',
  'label-unknown': 'invalid',
  'model-invalid': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    triage: typeof triageFaults
  }
}

export type TriageFaultCode = keyof typeof triageFaults

export const triageFault = (code: TriageFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
