import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** The fault codes of this room, with their kinds. */
export const catalogueFaults = {
  'catalogue-invalid': 'invalid',
  'catalogue-kind-unknown': 'missing',
  'catalogue-draft-missing': 'missing',
  'catalogue-draft-changed': 'conflict',
  'catalogue-moved': 'conflict',
  'catalogue-same': 'conflict',
  'catalogue-from-past': 'invalid',
  'catalogue-version-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    catalogue: typeof catalogueFaults
  }
}

export const catalogueFault = (place: string, found: string, expected: string) =>
  fault('catalogue-invalid', place, found, expected)

export const fault = (code: keyof typeof catalogueFaults, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
