import { type DispatchAnswer, dispatchAnswer } from '../../catalogue/index.ts'
import type { Command, Context, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { asked, dispatched, known, only } from '../permit.ts'
import type { OrderRules } from '../rules.ts'
import { alone } from './owners.ts'

/**
 * A dispatcher decides an order's unit, and its kind if nobody had. Class and limits stay as they were when it was
 * made.
 * @throws Fault `dispatched-already`, `unit-unknown`, `category-unknown`
 */
export function dispatch(
  order: Order,
  { unit, kind, category, words }: Extract<Command, { do: 'dispatch' }>,
  { rules, atMs, calendar }: Context,
): Decision {
  if (order.stage !== 'undispatched') throw alreadyDispatched(order, rules)
  const to = known(rules.units, unit, 'unit').id
  const { coUnits, copies } = othersBeside(to, kind ?? order.kind, order, rules, calendar(atMs).date)
  const happening = {
    kind: 'dispatched',
    unit: to,
    category: known(rules.categories, category ?? order.category, 'category').id,
    catalogueKind: kind,
    words,
    coUnits: coUnits.length > 0 ? coUnits : undefined,
    copies,
  } as const
  return only(order, happening, [dispatched, ...coUnits.map(asked)])
}

/**
 * The co-units and copies that the dispatch catalogue names with a unit; only the unit's usual copies if it names
 * another lead.
 */
function othersBeside(
  unit: string,
  kind: string | undefined,
  place: Pick<Order, 'district' | 'street'>,
  rules: OrderRules,
  date: string,
): DispatchAnswer {
  const { district, street } = place
  const answer = kind && dispatchAnswer(rules, rules.dispatch.rows, { kind, district, street }, date)
  return answer && answer.lead === unit ? answer : alone(unit, rules)
}

/** Tells the slower of two dispatchers what the other decided. */
export const alreadyDispatched = ({ unit }: Pick<Order, 'unit'>, { units }: Pick<OrderRules, 'units'>) =>
  fault(
    'dispatched-already',
    'order',
    `an order that ${units.get(unit)?.name ?? unit} has`,
    'one that waits to be dispatched',
  )
