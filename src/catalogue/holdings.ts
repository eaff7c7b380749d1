import type { Holding } from '../storage/index.ts'

export const catalogueHoldings: readonly Holding[] = [
  { name: 'catalogue_versions', nobody: 'texts of the house, and which member wrote them' },
  { name: 'catalogue_files', nobody: 'texts of the house' },
  { name: 'catalogue_uses', nobody: 'which texts held, and which member said so' },
  { name: 'catalogue_draft', nobody: 'texts of the house, and which member wrote in them last' },
]
