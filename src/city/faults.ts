import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const cityFaults = {
  'city-invalid': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    city: typeof cityFaults
  }
}

export type CityFaultCode = keyof typeof cityFaults
