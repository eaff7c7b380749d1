import type { Calendar } from '../../city/index.ts'
import type { Clock } from '../../foundation/index.ts'
import type { Database, Queries } from '../../storage/index.ts'
import type { Command, Context, Decision, NewOrder } from '../command.ts'
import type { Actor } from '../event.ts'
import type { MadeOrder } from '../follower.ts'
import { decideNew } from '../new-order.ts'
import { type OrderNumber, orderNumberOf } from '../number.ts'
import type { History } from '../order.ts'
import { takeSequence } from '../store.ts'

type Dependencies = {
  readonly database: Database
  readonly calendar: Calendar
  readonly clock: Clock
  may(number: OrderNumber, command: Command, by: Actor): Promise<void>
  history(number: OrderNumber): Promise<History>
  act(
    tx: Queries,
    number: OrderNumber,
    command: Command,
    by: Actor,
    made: readonly OrderNumber[],
  ): Promise<History>
  begin(
    tx: Queries,
    number: OrderNumber,
    decision: Decision,
    by: Actor,
    told: Pick<MadeOrder, 'draft' | 'suggested' | 'call' | 'article'>,
  ): Promise<unknown>
  context(by: Actor): Context
}

/**
 * Splits a demand that is several matters into one order each, in one transaction. Numbers are taken only once
 * nothing can be refused any more.
 * @param ordersOf builds the new orders from the locked order
 */
export const splitting =
  ({ may, history, act, begin, context, database, calendar, clock }: Dependencies) =>
  async (
    number: OrderNumber,
    command: Extract<Command, { do: 'split' }>,
    by: Actor,
    ordersOf: (history: History) => readonly NewOrder[],
  ): Promise<History> => {
    await may(number, command, by)
    for (const part of ordersOf(await history(number))) decideNew(part, context(by))
    const { date } = calendar(clock.now())
    const made: OrderNumber[] = []
    for (const _ of command.parts) made.push(orderNumberOf(date, await takeSequence(database, date)))
    return database.transaction(async tx => {
      const done = await act(tx, number, command, by, made)
      for (const [at, part] of ordersOf(done).entries()) {
        const own = made[at]
        if (own === undefined) throw new Error('a matter without a number')
        const splitFrom = { order: number, beside: made.filter(one => one !== own) }
        const told = { draft: undefined, suggested: undefined, call: part.call, article: undefined }
        await begin(tx, own, decideNew({ ...part, splitFrom }, context(by)), by, told)
      }
      return done
    })
  }
