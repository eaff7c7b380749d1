import { createEvents, type Log, reasonOf } from '../../../foundation/index.ts'
import type { HoldNotices } from '../../call.ts'

/** What is told of a telephone's key for hold, by whatever its session says. */
export function createHolds(log: Log) {
  const holds = createEvents<HoldNotices>(error => log.error({ reason: reasonOf(error) }, 'listener failed'))
  return { holds, onHold: (isHeld: boolean) => holds.emit(isHeld ? 'held' : 'resumed', {}) }
}
