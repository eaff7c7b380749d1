import type { Holding } from '../storage/index.ts'

export const rulebookHoldings: readonly Holding[] = [
  { name: 'rule_versions', nobody: 'rules of the house, and which member wrote them' },
  { name: 'rule_uses', nobody: 'which rules held, and which member said so' },
  { name: 'rule_drafts', nobody: 'rules of the house, and which members wrote in them' },
]
