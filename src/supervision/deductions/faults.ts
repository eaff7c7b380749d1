import type { FaultKinds } from '../../foundation/schema.ts'

/** The fault codes of deductions, with their kinds. */
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
