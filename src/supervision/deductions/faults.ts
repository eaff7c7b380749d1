import type { FaultKinds } from '../../foundation/schema.ts'

/** What deductions refuse, by its code and of which kind. */
export const deductionFaults = {
  'deduction-alone': 'conflict',
  'deduction-decided': 'conflict',
  'deduction-unit': 'invalid',
  'deduction-unknown': 'missing',
} as const satisfies FaultKinds

declare module '../../foundation/errors.ts' {
  interface RoomFaults {
    supervision: typeof deductionFaults
  }
}

export type DeductionFaultCode = keyof typeof deductionFaults
