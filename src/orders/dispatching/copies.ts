import { copiesOf } from '../../catalogue/index.ts'
import type { Decision } from '../command.ts'
import type { Happening } from '../event.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'

/** Adds to events that give the order to another unit who gets a copy: for a street's orders, its district. */
export const withCopies = (
  order: Pick<Order, 'unit' | 'lead'>,
  { happenings, notices }: Decision,
  rules: Pick<OrderRules, 'units' | 'territory'>,
): Decision => ({ happenings: happenings.map(one => copied(order, one, rules)), notices })

function copied(
  order: Pick<Order, 'unit' | 'lead'>,
  happening: Happening,
  rules: Pick<OrderRules, 'units' | 'territory'>,
): Happening {
  switch (happening.kind) {
    case 'appointed':
    case 'return-decided':
    case 'reclassified':
      return happening.target === undefined
        ? happening
        : { ...happening, copies: copiesOf(rules, happening.target) }
    case 'succeeded':
      return order.unit === happening.from || order.lead === happening.from
        ? { ...happening, copies: copiesOf(rules, happening.unit) }
        : happening
    default:
      return happening
  }
}
