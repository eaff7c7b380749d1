import type { NumberChecks } from '../callers/index.ts'
import type { OrderActions } from './actions.ts'
import type { Actor } from './event.ts'
import { fault } from './faults.ts'
import { readOrderNumber } from './number.ts'
import type { History } from './order.ts'
import type { SeenHistory } from './reader.ts'

export type OrderContact = {
  /**
   * Texts a code to the order's number, which the citizen gave but which never rang us.
   * @returns until when the code is valid, ms since 1970
   * @throws Fault `order-unknown`, `contact-settled`, `code-too-often`, `text-failed`
   */
  check(number: string, by: Actor): Promise<number>
  /** @throws Fault `order-unknown`, `contact-settled`, `code-wrong`, `code-over` */
  readBack(number: string, code: string, by: Actor): Promise<SeenHistory>
}

/** Once the citizen has read back the code that was sent to their number, they may be rung there about the order. */
export function createOrderContact(
  actions: OrderActions,
  checks: NumberChecks,
  seenBy: (reader: Actor, history: History) => SeenHistory,
): OrderContact {
  async function checked(asked: string, by: Actor) {
    const { order } = await actions.history(readOrderNumber(asked))
    const { contact, number: about, language } = order
    if (contact.mode !== 'unverified')
      throw fault('contact-settled', 'order', `contact by ${contact.mode}`, 'a number to make sure of')
    const command = { do: 'verify-contact', number: contact.number, how: 'read-back' } as const
    const actor = { role: by.role, person: by.person, unit: by.unit }
    await actions.may(about, command, actor)
    return { number: contact.number, about, by: by.person, language, command, actor }
  }
  return {
    check: async (number, by) => checks.send(await checked(number, by)),
    async readBack(number, code, by) {
      const { command, actor, ...asked } = await checked(number, by)
      const done = await checks.readBack(asked, code, tx => actions.actIn(tx, asked.about, command, actor))
      return seenBy(actor, done)
    },
  }
}
