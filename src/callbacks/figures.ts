import { counter, type Figure, gauge } from '../foundation/index.ts'
import type { CallbackCounts } from './api.ts'

/** Figures of callbacks for operators, from the last count. */
export const callbackFigures = (
  counted: () => CallbackCounts | undefined,
  unread: () => number,
): readonly Figure[] => [
  gauge('jieting_callbacks_owed', 'Callbacks that are owed now', () => counted()?.owed ?? 0),
  gauge('jieting_callbacks_late', 'Callbacks that are owed and past their limit', () => counted()?.late ?? 0),
  counter(
    'jieting_callbacks_unread_total',
    'Tries to read a call for callbacks that failed: its facts are kept, and it is read again',
    unread,
  ),
]
