import type { OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { aboutIn, calledIn } from '../../http/words/orders.ts'
import { say } from '../language.ts'
import { valueWord } from './words.ts'

export const categoryName = (rules: OrderRulesShown, id: string) => say(calledIn(rules, 'category', id))
export const unitName = (rules: OrderRulesShown, id: string) => say(calledIn(rules, 'unit', id))
/** Why a unit returned it: one that the city knows no more is told as it was. */
export function groundName(rules: OrderRulesShown, id: string): string {
  const ground = rules.grounds.find(one => one.id === id)
  return ground ? say({ 'zh-CN': ground.name, en: ground.english }) : valueWord(id)
}
/** Where a citizen was sent: one that the city knows no more is told as it was. */
export function channelName(rules: OrderRulesShown, id: string): string {
  const channel = rules.channels.find(one => one.id === id)
  return channel ? `${say({ 'zh-CN': channel.name, en: channel.english })} ${channel.line}`.trim() : id
}
/** What an order is about, as it stands in lists and over the order itself. */
export const aboutName = (
  rules: OrderRulesShown | undefined,
  order: Pick<OrderSummary, 'kindName' | 'category'>,
) => say(aboutIn(rules, order))
