import type { Order, OrderEvent } from '../../orders/index.ts'
import type { DeductionReason } from './api.ts'

/** A finding in an order for which the rules take points. */
export type Found = {
  readonly reason: DeductionReason
  readonly unit: string
  /** The event that shows it. */
  readonly seq: number
  readonly atMs: number
}

/** This many refused returns by one unit count as pushing orders away. DESIGN: no text gives a number. */
const refusedReturns = 2
/** Percentages of the limit at which another full period is over. */
const fullPeriods: readonly number[] = [100, 200]

/**
 * Findings in the latest events of an order: each is found once, when its event happens. Two persons then decide.
 * @param order after the events
 */
export const findings = (order: Order, events: readonly OrderEvent[]): readonly Found[] =>
  // An undispatched order is late at the centre, not at a unit.
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

/** The first receiver leads to the end (首接负责), so what is late or undone is the lead's. */
const unitOf = (order: Order, { kind }: OrderEvent) =>
  kind === 'return-decided' ? order.unit : (order.lead ?? order.unit)
