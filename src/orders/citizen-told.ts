import { type CitizenTextKind, textNumberOf } from './citizen-text.ts'
import type { OrderEvent } from './event.ts'
import type { Order } from './order.ts'

/** The texts that these events mean for the citizen, each once; a citizen answered on the line already knows. */
export function textsFor(order: Order, events: readonly OrderEvent[]): readonly CitizenTextKind[] {
  if (textNumberOf(order) === undefined) return []
  const happened = (kind: OrderEvent['kind']) => events.some(event => event.kind === kind)
  const isNew = happened('made')
  // The first order's text lists the numbers of all orders split from one demand.
  const isPart = events.some(event => event.kind === 'made' && event.splitFrom !== undefined)
  const isClosed = events.some(event => event.kind === 'closed' && !event.unasked)
  const isByRule = events.some(event => event.kind === 'dispatched' && event.byRule !== undefined)
  return [
    ...(isNew && order.stage !== 'closed' && !isPart ? (['filed'] as const) : []),
    ...(happened('split') ? (['split'] as const) : []),
    ...(happened('merged') ? (['merged'] as const) : []),
    ...(happened('parted') ? (['parted'] as const) : []),
    ...(isClosed && !isNew ? (['closed'] as const) : []),
    ...(happened('reopened') ? (['reopened'] as const) : []),
    ...(isByRule ? (['byRule'] as const) : []),
    ...(happened('citizen-asked') ? (['asked'] as const) : []),
  ]
}
