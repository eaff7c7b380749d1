import type { Holding } from '../storage/index.ts'

export const staffHoldings: readonly Holding[] = [
  { name: 'staff', nobody: 'who works here, until they are removed' },
  { name: 'programs', nobody: 'programs that use the API, and who answers for each' },
  { name: 'staff_sessions', nobody: 'who of them is signed in, by a hash, from where and since when' },
]
