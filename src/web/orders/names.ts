import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { aboutIn, calledIn } from '../../http/words/orders.ts'
import { say } from '../language.ts'

export const categoryName = (rules: OrderRulesShown, id: string) => say(calledIn(rules, 'category', id))
export const unitName = (rules: OrderRulesShown, id: string) => say(calledIn(rules, 'unit', id))
/** What an order is about, as it stands in lists and over the order itself. */
export const aboutName = (
  rules: OrderRulesShown | undefined,
  order: Pick<OrderSummary, 'kindName' | 'category'>,
) => say(aboutIn(rules, order))
