import { beginningsOf, type Catalogue, codeNow } from '../../catalogue/index.ts'
import type { Command, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { openReturn } from '../returning/returning.ts'
import type { OrderRules } from '../rules.ts'
import { dispatch } from './dispatching.ts'
import { ownersOf } from './owners.ts'
import type { KindsLike } from './suggesting.ts'

/** How sure triage must be of a kind; undefined if the city has not switched automatic dispatch on for it. */
const thresholdOf = (kind: string, { dispatch: { automatic } }: Pick<OrderRules, 'dispatch'>) =>
  beginningsOf(kind)
    .map(code => automatic.kinds[code])
    .find(threshold => threshold !== undefined)

/**
 * Decides a dispatch by rule: triage is sure, the catalogue names a unit, and the city has switched this on. It
 * waits for a person if an agent chose another object than triage, if a person was asked for, or if it was taken
 * back before.
 * @param sampled whether a dispatcher reviews it afterwards
 * @returns undefined if the order waits for a person
 */
export function ruledDispatch(
  order: Order,
  { isUnsure, found }: KindsLike,
  ground: { readonly catalogue: Catalogue; readonly rules: OrderRules },
  { date, sampled }: { readonly date: string; readonly sampled: boolean },
): Extract<Command, { do: 'dispatch-by-rule' }> | undefined {
  const [likest] = found
  if (order.stage !== 'undispatched' || isUnsure || !likest || mayNotGo(order)) return undefined
  const { catalogue, rules } = ground
  const code = order.kind === undefined ? likest.kinds[0]?.code : codeNow(catalogue, order.kind)
  const kind = code === undefined ? undefined : catalogue.kinds.get(code)
  const object = kind && catalogue.objects.get(kind.object)
  if (!object || object.name !== likest.object) return undefined
  const threshold = thresholdOf(kind.code, rules)
  const owners = ownersOf(kind, order, ground, date)
  if (threshold === undefined || likest.sure < threshold || !owners) return undefined
  return {
    do: 'dispatch-by-rule',
    unit: owners.lead,
    kind: kind.code,
    category: object.category,
    sure: likest.sure,
    threshold,
    sampled,
  }
}

const mayNotGo = ({ personAsked, byRule, waits }: Order) =>
  personAsked || byRule !== undefined || waits === 'no-unit'

export function dispatchByRule(
  order: Order,
  { kind, sure, threshold, sampled, unit, category }: Extract<Command, { do: 'dispatch-by-rule' }>,
  context: Parameters<typeof dispatch>[2],
): Decision {
  if (mayNotGo(order))
    throw fault(
      'order-stage',
      'order',
      'an order that waits for a person',
      'one that triage may send by itself',
    )
  const { happenings, notices } = dispatch(order, { do: 'dispatch', unit, kind, category }, context)
  const byRule = { sure, threshold, sampled }
  return {
    happenings: happenings.map(one => (one.kind === 'dispatched' ? { ...one, byRule } : one)),
    notices,
  }
}

/** A dispatcher takes back an automatic dispatch before its unit has signed; the order then waits for a person. */
export function takeBack(order: Order, { words }: Extract<Command, { do: 'take-back' }>): Decision {
  if (!order.byRule || order.byRule.verdict === 'reversed' || order.stage !== 'waiting')
    throw fault(
      'take-back-late',
      'order',
      stand(order),
      'one that went by itself, and that nobody has signed',
    )
  if (openReturn(order.returnings))
    throw fault('take-back-late', 'order', 'an order that its unit returned', 'a decision on the return')
  return { happenings: [{ kind: 'taken-back', unit: order.unit, words }], notices: [] }
}

/** A dispatcher reviewed an automatic dispatch and found it right. */
export function look(order: Order): Decision {
  if (!order.byRule || order.byRule.verdict !== undefined)
    throw fault(
      'nothing-changes',
      'order',
      stand(order),
      'one that went by itself, at which nobody has looked',
    )
  return { happenings: [{ kind: 'looked', unit: order.unit }], notices: [] }
}

/**
 * Somebody wants a person to decide (个人信息保护法, article 24): a waiting order is then not dispatched automatically,
 * and a dispatched one is reviewed.
 */
export function askPerson(order: Order, { words }: Extract<Command, { do: 'ask-person' }>): Decision {
  const isOpen = order.stage === 'undispatched' || order.byRule?.verdict === undefined
  if (order.personAsked || !isOpen || (order.stage !== 'undispatched' && !order.byRule))
    throw fault('nothing-changes', 'order', stand(order), 'one that no person has decided')
  return { happenings: [{ kind: 'person-asked', words }], notices: [] }
}

const stand = ({ stage, byRule }: Order) =>
  byRule ? `an order that is ${stage}` : 'an order that a person dispatched'
