import { Fault } from '../foundation/index.ts'
import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const planningFaults = {
  'handling-unknown': 'invalid',
  'plan-invalid': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    planning: typeof planningFaults
  }
}

export type PlanningFaultCode = keyof typeof planningFaults

export const planFault = (place: string, found: string, expected: string) =>
  new Fault({ code: 'plan-invalid', place, found, expected })

/** Calls are expected, but it is unknown how long one takes. */
export const handlingUnknown = (place: string) =>
  new Fault({
    code: 'handling-unknown',
    place,
    found: 'no call that was answered',
    expected: 'handlingSeconds to be given, as 180',
  })

/** @throws Fault `plan-invalid` if the value is not a number or out of bounds */
export function checkNumber(
  place: string,
  value: number,
  { from, to, whole = false }: { readonly from: number; readonly to: number; readonly whole?: boolean },
): void {
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return
  throw planFault(
    place,
    String(value),
    whole ? `a whole number from ${from} to ${to}` : `a number from ${from} to ${to}`,
  )
}
