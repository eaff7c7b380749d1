import type { OrderRulesShown } from '../../http/contract.ts'
import { calledIn } from '../../http/words/orders.ts'
import { say } from '../language.ts'

export const categoryName = (rules: OrderRulesShown, id: string) => say(calledIn(rules, 'category', id))
export const unitName = (rules: OrderRulesShown, id: string) => say(calledIn(rules, 'unit', id))
