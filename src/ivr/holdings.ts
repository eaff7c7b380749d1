import type { Holding } from '../storage/index.ts'

export const flowHoldings: readonly Holding[] = [
  { name: 'flow_versions', nobody: 'texts of the house, and which member wrote them' },
  { name: 'flow_files', nobody: 'texts of the house' },
  { name: '/proofs', nobody: 'what was proved of texts of the house' },
  { name: 'flow_uses', nobody: 'which texts answered, and which member said so' },
]
