import { type Log, reasonOf } from '../foundation/index.ts'
import type { Call } from '../telephony/index.ts'
import type { FlowEvent } from './events.ts'

/**
 * Tells of a call's way through a flow, so that a listener can rely on the order: a place in the queue has one end,
 * nothing comes after `ended`, and what a listener throws costs the call nothing.
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
