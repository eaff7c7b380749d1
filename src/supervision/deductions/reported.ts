import type { Reported } from '../../ledger/index.ts'
import { deductionEvent, foldDeduction } from './deduction.ts'
import { deductionRoom } from './deductions.ts'
import { deductionRow } from './store.ts'

/** Rebuilds from events which points units lost, and who decided. */
export const reportedDeductions: Reported = {
  room: deductionRoom,
  tables: [
    {
      name: 'deductions',
      stream: 'id',
      apart: { words: 'what people wrote, which goes when the order is erased' },
    },
  ],
  rebuild: (id, events) => ({ deductions: [deductionRow(foldDeduction(id, events.map(deductionEvent)))] }),
}
