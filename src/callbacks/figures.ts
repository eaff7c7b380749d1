import { type Figure, gauge } from '../foundation/index.ts'
import type { CallbackCounts } from './api.ts'

/** What operators watch of callbacks, as it was counted last. */
export const callbackFigures = (counted: () => CallbackCounts | undefined): readonly Figure[] => [
  gauge('jieting_callbacks_owed', 'Callbacks that are owed now', () => counted()?.owed ?? 0),
  gauge('jieting_callbacks_late', 'Callbacks that are owed and past their limit', () => counted()?.late ?? 0),
]
