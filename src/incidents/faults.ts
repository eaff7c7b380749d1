import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const incidentFaults = {
  'incident-area-unknown': 'invalid',
  'incident-over': 'conflict',
  'incident-times-wrong': 'invalid',
  'incident-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    incidents: typeof incidentFaults
  }
}

export type IncidentFaultCode = keyof typeof incidentFaults
