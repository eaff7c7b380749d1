import type { OrderRulesShown } from '../http/contract.ts'
import { calledIn } from '../http/words/orders.ts'
import type { Cli } from './cli.ts'

/** What the ids in orders and figures are called by the rules of the hotline; the ids themselves are for programs. */
export type Names = {
  unit(id: string): string
  category(id: string): string
  /** Of a unit that somebody wrote by its id or its name. */
  unitId(written: string): string
}

export async function namesIn({ hotline, language }: Cli): Promise<Names> {
  const rules = await hotline.get<OrderRulesShown>('/orders/rules')
  return {
    unit: id => calledIn(rules, 'unit', id)[language],
    category: id => calledIn(rules, 'category', id)[language],
    unitId: written => rules.units.find(({ name }) => name === written)?.id ?? written,
  }
}
