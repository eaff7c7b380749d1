import type { KnownName, OrderRulesShown, OrderSummary } from '../http/contract.ts'
import { aboutIn, calledIn as ruleCalledIn } from '../http/words/orders.ts'
import { calledIn, seatCalledIn } from '../http/words/people.ts'
import type { Cli } from './cli.ts'
import { faultsOf } from './cli.ts'

/** What the ids in orders and figures are called by the rules of the hotline; the ids themselves are for programs. */
export type Names = {
  unit(id: string): string
  category(id: string): string
  /** What an order is about: its kind, or else its category. */
  about(order: Pick<OrderSummary, 'kindName' | 'category'>): string
  /** Of a unit that somebody wrote by its id or its name. */
  unitId(written: string): string
}

export async function namesIn({ hotline, language }: Cli): Promise<Names> {
  const rules = await hotline.get<OrderRulesShown>('/orders/rules')
  return {
    unit: id => ruleCalledIn(rules, 'unit', id)[language],
    category: id => ruleCalledIn(rules, 'category', id)[language],
    about: order => aboutIn(rules, order)[language],
    unitId: written => rules.units.find(({ name }) => name === written)?.id ?? written,
  }
}

/** What people and seats are called who stand in what was written down. */
export type People = {
  called(name: string): string
  /** In a sentence, with the number that citizens know the agent by. */
  seat(name: string): string
}

export async function peopleIn({ hotline, language }: Cli): Promise<People> {
  const { names } = await hotline
    .get<{ readonly names: readonly KnownName[] }>('/staff/names')
    .catch((error: unknown) => {
      // A program that may not read it sees what was written down.
      if (faultsOf(error).some(({ code }) => code === 'scope-missing')) return { names: [] }
      throw error
    })
  return {
    called: name => calledIn(names, name)[language],
    seat: name => seatCalledIn(names, name)[language],
  }
}
