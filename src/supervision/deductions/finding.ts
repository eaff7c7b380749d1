import type { Order, OrderEvent } from '../../orders/index.ts'
import type { DeductionReason } from './api.ts'

/** What an order shows of a unit that the rules take points for. */
export type Found = {
  readonly reason: DeductionReason
  readonly unit: string
  /** The event that shows it. */
  readonly seq: number
  readonly atMs: number
}

/** Of so many returns of one unit that the centre refused it is pushing away. DESIGN: no text gives a number. */
const refusedReturns = 2
/** Shares of the limit at which another full period is over. */
const fullPeriods: readonly number[] = [100, 200]

/**
 * What has just happened to an order that a unit may lose points for: it is found in the moment it happens, once, by its
 * event. Whether it is so, two persons decide.
 * @param order after the events
 */
export const findings = (order: Order, events: readonly OrderEvent[]): readonly Found[] =>
  // What waits to be dispatched is late at the centre, and at no unit.
  (order.stage === 'undispatched' ? [] : events).flatMap(event => {
    const { seq, atMs } = event
    const reason = reasonOf(order, event)
    return reason === undefined ? [] : [{ reason, unit: unitOf(order, event), seq, atMs }]
  })

function reasonOf(order: Order, event: OrderEvent): DeductionReason | undefined {
  if (event.kind === 'warned')
    return event.clock === 'handling' && fullPeriods.includes(event.percent) ? 'overdue' : undefined
  if (event.kind === 'answered') {
    const closing = order.closings[event.cycle - 1]
    return closing?.result === 'solved' && (event.contacted === 'no' || event.solved === 'no')
      ? 'false-close'
      : undefined
  }
  if (event.kind !== 'return-decided' || event.outcome !== 'refused') return undefined
  const refused = order.returnings.filter(
    ({ from, decided }) => from === unitOf(order, event) && decided?.outcome === 'refused',
  )
  return refused.length === refusedReturns ? 'push-away' : undefined
}

/** First receiver leads to the end: what is not done in time, or not done, is the lead's. */
const unitOf = (order: Order, { kind }: OrderEvent) =>
  kind === 'return-decided' ? order.unit : (order.lead ?? order.unit)
