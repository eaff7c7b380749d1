import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const catalogueFaults = { 'catalogue-invalid': 'invalid' } as const satisfies FaultKinds

export const catalogueFault = (place: string, found: string, expected: string) =>
  new Fault({ code: 'catalogue-invalid', place, found, expected })
