import type { OrderAct, OrderRulesShown } from '../../http/contract.ts'
import { say } from '../language.ts'
import type { Field, Given } from './form.tsx'

/** What somebody does with an order: what is asked first, and what the answers ask of the house. */
export type Act = {
  readonly name: string
  readonly fields: readonly Field[]
  readonly of: (given: Given) => OrderAct
}

export const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })
export const pairs = <Key extends string>(all: Readonly<Record<Key, string>>) => Object.entries<string>(all)
export const said: Field = {
  name: 'words',
  label: both('说明', 'What there is to say'),
  kind: 'lines',
  needed: true,
}
type TemplateUse = OrderRulesShown['templates'][number]['for']
/** The same, with the texts that the city gives units to begin with. */
export const saidBy = (rules: OrderRulesShown, use: TemplateUse): Field => ({
  name: 'words',
  label: both('说明', 'What there is to say'),
  kind: 'lines',
  needed: true,
  templates: rules.templates.filter(one => one.for === use),
})
