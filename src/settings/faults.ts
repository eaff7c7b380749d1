import type { FaultKinds } from '../foundation/schema.ts'

/** What this room refuses, by its code and of which kind. */
export const settingFaults = {
  'setting-conflict': 'invalid',
} as const satisfies FaultKinds

declare module '../foundation/errors.ts' {
  interface RoomFaults {
    settings: typeof settingFaults
  }
}
