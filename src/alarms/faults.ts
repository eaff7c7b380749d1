import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const alarmFaults = { 'alarm-refused': 'away' } as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    alarms: typeof alarmFaults
  }
}
