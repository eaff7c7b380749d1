import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const cityFaults = {
  'city-invalid': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    city: typeof cityFaults
  }
}

export type CityFaultCode = keyof typeof cityFaults
