import type { FaultKinds } from '../../foundation/schema.ts'

/** What bulletins refuse, by its code and of which kind. */
export const bulletinFaults = {
  'bulletin-alone': 'conflict',
  'bulletin-changed': 'conflict',
  'bulletin-decided': 'conflict',
  'bulletin-district': 'invalid',
  'bulletin-month': 'invalid',
  'bulletin-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../../foundation/errors.ts' {
  interface RoomFaults {
    bulletins: typeof bulletinFaults
  }
}

export type BulletinFaultCode = keyof typeof bulletinFaults
