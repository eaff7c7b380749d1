import { type Log, reasonOf } from '../foundation/index.ts'
import type { Call } from '../telephony/index.ts'
import type { FlowEvent } from './events.ts'

/**
 * Reports the events of a call in a flow. Listeners can rely on their order: a place in the queue ends exactly once, and
 * nothing follows `ended`. An error thrown by a listener does not affect the call.
 */
export function createTeller(
  call: Call,
  log: Log,
  listen: (call: Call, event: FlowEvent) => void = () => undefined,
): (event: FlowEvent) => void {
  let isQueued = false
  let isOver = false

  const pass = (event: FlowEvent) => {
    try {
      listen(call, event)
    } catch (error) {
      log.error({ call: call.id, event: event.kind, reason: reasonOf(error) }, 'a listener to a flow failed')
    }
  }

  return event => {
    if (isOver || (event.kind === 'unqueued' && !isQueued)) return
    if (event.kind === 'ended' && isQueued) pass({ kind: 'unqueued', end: 'left' })
    if (event.kind === 'queued') isQueued = true
    if (event.kind === 'unqueued') isQueued = false
    isOver = event.kind === 'ended'
    pass(event)
  }
}
