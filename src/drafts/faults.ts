import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const draftFaults = {
  'draft-files-full': 'conflict',
  'draft-of-another': 'forbidden',
  'draft-over': 'conflict',
  'draft-unknown': 'missing',
  'model-changed': 'conflict',
  'model-gone': 'conflict',
  'model-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    drafts: typeof draftFaults
  }
}

export type DraftFaultCode = keyof typeof draftFaults

export const draftFault = (code: DraftFaultCode, place: string, found: string, expected: string) =>
  new Fault({ code, place, found, expected })
