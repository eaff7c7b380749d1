import { beginningsOf, type Catalogue, codeNow } from '../../catalogue/index.ts'
import type { Command, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { openReturn } from '../returning/returning.ts'
import type { OrderRules } from '../rules.ts'
import { dispatch } from './dispatching.ts'
import { ownersOf } from './owners.ts'
import type { KindsLike } from './suggesting.ts'

/** How sure triage has to be of a kind; undefined where the city has not switched it on. */
const thresholdOf = (kind: string, { dispatch: { automatic } }: Pick<OrderRules, 'dispatch'>) =>
  beginningsOf(kind)
    .map(code => automatic.kinds[code])
    .find(threshold => threshold !== undefined)

/**
 * A dispatch by rule: of what triage is sure of, by the catalogue, where the city has switched it on. What an agent took for
 * something else than triage waits for a person, as does what a person asked for, or took back before.
 * @param sampled whether a dispatcher looks at it afterwards
 * @returns undefined where it waits for a person
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

/** A dispatcher takes back what went by itself, as long as its unit has not begun; it waits for a person from then on. */
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

/** A dispatcher looked at what went by itself, and it is right. */
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

/** Somebody wants a person to decide (个人信息保护法, article 24): what waits is not sent by itself, what was is looked at. */
export function askPerson(order: Order, { words }: Extract<Command, { do: 'ask-person' }>): Decision {
  const isOpen = order.stage === 'undispatched' || order.byRule?.verdict === undefined
  if (order.personAsked || !isOpen || (order.stage !== 'undispatched' && !order.byRule))
    throw fault('nothing-changes', 'order', stand(order), 'one that no person has decided')
  return { happenings: [{ kind: 'person-asked', words }], notices: [] }
}

const stand = ({ stage, byRule }: Order) =>
  byRule ? `an order that is ${stage}` : 'an order that a person dispatched'
