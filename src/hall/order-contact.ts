import type { NumberChecks } from '../callers/index.ts'
import { Fault } from '../foundation/index.ts'
import type { FrontDeskDoors, OrderActor, OrderDetail } from '../http/index.ts'
import { type OrderNumber, type Orders, readOrderNumber } from '../orders/index.ts'

/** When a citizen reads back the code that their number was sent, their order may be rung about there. */
export function contactDoors({
  orders,
  checks,
  detail,
}: {
  readonly orders: Orders
  readonly checks: NumberChecks
  detail(number: OrderNumber, reader: OrderActor): Promise<OrderDetail>
}): FrontDeskDoors['orders']['contact'] {
  async function checked(asked: string, by: OrderActor) {
    const { order } = await orders.show(readOrderNumber(asked))
    const { contact, number: about, language } = order
    if (contact.mode !== 'unverified')
      throw new Fault({
        code: 'contact-settled',
        place: 'order',
        found: `contact by ${contact.mode}`,
        expected: 'a number to make sure of',
      })
    const command = { do: 'verify-contact', number: contact.number, how: 'read-back' } as const
    const actor = { role: by.role, person: by.person }
    await orders.may(about, command, actor)
    return { number: contact.number, about, by: by.person, language, command, actor }
  }
  return {
    check: async (number, by) => checks.send(await checked(number, by)),
    async readBack(number, code, by) {
      const { command, actor, ...asked } = await checked(number, by)
      await checks.readBack(
        asked,
        code,
        async tx => void (await orders.actIn(tx, asked.about, command, actor)),
      )
      return detail(asked.about, by)
    },
  }
}
