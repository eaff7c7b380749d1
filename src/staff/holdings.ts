import type { Holding } from '../storage/index.ts'

export const staffHoldings: readonly Holding[] = [
  { name: 'staff', nobody: 'who works here, until they are removed' },
  { name: 'programs', nobody: 'programs that use the API, and who answers for each' },
  { name: 'staff_sessions', nobody: 'who of them is signed in, by a hash, from where and since when' },
  { name: 'staff_factors', nobody: 'by what members prove themselves beside a password' },
  { name: 'staff_recovery', nobody: 'hashes of codes for members who have lost their device' },
  { name: 'staff_factor_removals', nobody: 'who asked that a member’s second factors go' },
]
