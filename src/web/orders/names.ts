import type { OrderRulesShown } from '../../http/contract.ts'
import { language } from '../language.ts'

/** What categories and units are called; their ids where the rules know them no more. */
export const categoryName = (rules: OrderRulesShown, id: string) => {
  const found = rules.categories.find(category => category.id === id)
  return (language === 'en' ? found?.english : found?.name) ?? id
}
export const unitName = (rules: OrderRulesShown, id: string) =>
  rules.units.find(unit => unit.id === id)?.name ?? id
