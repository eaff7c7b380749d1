import { isAsked } from '../asking/question.ts'
import type { OrderClock } from '../clocks.ts'
import type { Command, Context, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import { grouped, type OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import { dispatched, only } from '../permit.ts'
import { openReturn } from '../returning/returning.ts'
import { openInstruction } from '../supervising/instruction.ts'
import { openSiteCheck } from '../supervising/site-check.ts'
import { isLeading } from './merged.ts'

/**
 * Merges a repeated demand into the order that already has the matter (并单): the unit works on one order, and each
 * citizen keeps number, clock, texts and survey.
 * @throws Fault `merge-itself`, `merge-chain`, `merge-confidential`, `merge-pending`, `merge-undispatched`,
 * `order-led`, `order-stage`
 */
export function merge(
  order: Order,
  { into }: Extract<Command, { do: 'merge' }>,
  { beside }: Pick<Context, 'beside'>,
): Decision {
  if (order.merged) throw chained(order.merged.into)
  const lead = beside ?? { ...order, number: into as OrderNumber }
  const { unit, copies } = lead
  const decision = only(order, { kind: 'merged', into: lead.number, unit, lead: lead.lead, copies })
  checkParts(order)
  if (beside) checkLead(order, beside)
  return decision
}

/** An order with a pending question cannot be merged: its answer would no longer have a recipient. */
function checkParts(order: Order): void {
  if (order.confidential) throw confidential('order')
  if (isLeading(order))
    throw fault('merge-chain', 'order', 'an order that leads others', 'one that leads none')
  const pending = openReturn(order.returnings)
    ? 'a return that nobody has decided'
    : order.asked
      ? 'an extension that nobody has decided'
      : isAsked(order.question)
        ? 'a question that waits for its answer'
        : openInstruction(order.instructions)
          ? 'an instruction that waits for its answer'
          : openSiteCheck(order.siteChecks) && 'a look at the place that nobody has had'
  if (pending) throw fault('merge-pending', 'order', pending, 'its answer first')
}

function checkLead(order: Order, lead: Order): void {
  if (lead.number === order.number) throw fault('merge-itself', 'into', 'the order itself', 'another order')
  if (lead.merged && lead.stage === 'merged') throw chained(lead.merged.into)
  if (lead.stage === 'closed') throw fault('order-stage', 'into', 'an order that is closed', 'one in hand')
  if (lead.confidential) throw confidential('into')
  if (lead.stage === 'undispatched' && order.stage !== 'undispatched')
    throw fault(
      'merge-undispatched',
      'into',
      'an order that waits to be dispatched',
      'one that a unit has: merge it the other way round',
    )
  if (order.lead !== undefined && order.lead !== lead.lead)
    throw fault('order-led', 'order', 'an order that was signed', 'the first that signs leads to the end')
}

const chained = (into: string) =>
  fault(
    'merge-chain',
    'into',
    `an order that is handled with ${grouped(into as OrderNumber)}`,
    `order ${grouped(into as OrderNumber)} itself`,
  )

/** A confidential order is never merged: what is told about one order would reveal the other. */
const confidential = (place: string) =>
  fault('merge-confidential', place, 'a confidential order', 'one that is handled by itself')

/** Undoes a merging: both orders go on as if it had not happened. */
export function part(order: Order, because: 'undone' | 'confidential', words?: string): Decision {
  const { merged } = order
  if (!merged || order.stage !== 'merged')
    throw fault('merge-missing', 'order', 'an order that is handled by itself', 'one that was merged')
  const { unit, stage } = merged.before
  const happening = { kind: 'parted', from: merged.into, unit, because, words } as const
  // The unit that had it before gets it again.
  return only(order, happening, stage === 'undispatched' ? [] : [dispatched])
}

/** The clocks of a merged order that the lead order's supervision follows. */
export const carried = ({ clocks }: Pick<Order, 'clocks'>): readonly OrderClock[] =>
  clocks.filter(
    ({ name, doneAtMs }) =>
      doneAtMs === undefined && (name === 'handling' || name === 'feedback' || name === 'dispatch'),
  )

/** Closes a merged order with its lead. The unit's words stay in the lead order only, where they can be erased. */
export const closeWith = (
  order: Order,
  { lead, result, isAsked: isToBeAsked }: Extract<Command, { do: 'close-with' }>,
): Decision =>
  only(order, {
    kind: 'closed',
    result,
    words: '',
    evidence: [],
    with: lead,
    unasked: isToBeAsked ? undefined : true,
  })

/** An order that becomes confidential is parted from its lead. */
export const hidden = (order: Order, decision: Decision): Decision =>
  order.stage === 'merged' && !order.confidential
    ? {
        happenings: [...decision.happenings, ...part(order, 'confidential').happenings],
        notices: part(order, 'confidential').notices,
      }
    : decision
