import type { Holding } from '../storage/index.ts'

export const ledgerHoldings: readonly Holding[] = [
  {
    name: 'ledger_events',
    title: { 'zh-CN': '工单经过（账本）', en: 'What happened to orders (ledger)' },
    what: 'what happened to orders: what a citizen told, and their number; of the other rooms nobody but members',
    kept: { until: 'the order is erased, or its person forgotten; of the trail its own time' },
  },
  { name: 'ledger_links', nobody: 'salted digests, whose salt goes with the event' },
  { name: 'ledger_heads', nobody: 'hashes' },
  { name: 'ledger_seals', nobody: 'hashes and signatures' },
]
