import type { FaultKinds } from '../foundation/schema.ts'

/** The codes of this room's refusals, each with its kind. */
export const alarmFaults = { 'alarm-refused': 'away' } as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    alarms: typeof alarmFaults
  }
}
