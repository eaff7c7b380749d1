import { type Clock, newId } from '../foundation/index.ts'
import type { Database, Forgetter, HeldBack, Queries } from '../storage/index.ts'
import { type Home, maskedNumber } from '../telephony/index.ts'
import type { HoldView, NewHold } from './api.ts'
import { fault } from './faults.ts'
import { personOf, readNumber } from './persons.ts'
import { endHold, type HoldRow, insertHold, selectHolding, selectHolds } from './store.ts'

const mostShown = 200

type Parts = {
  readonly database: Database
  readonly clock: Clock
  readonly home: Home
  mark(number: string): string
  forgetters(): readonly Forgetter[]
}

/** Legal holds: a named member keeps a person's data or an order beyond its time, with a reason, until a date. */
export function createHolds({ database, clock, home, mark, forgetters }: Parts) {
  const viewOf = ({ number, ...hold }: HoldRow): HoldView => ({
    ...hold,
    number: number === '' ? '' : maskedNumber(number, home),
    holds: hold.endedAtMs === undefined && hold.untilMs > clock.now(),
  })
  return {
    list: async () => (await selectHolds(database, mostShown)).map(viewOf),
    /** @throws Fault `hold-until` for a past date, or `person-number` */
    async make({ number, order, reason, untilMs }: NewHold, by: string): Promise<HoldView> {
      const nowMs = clock.now()
      if (untilMs <= nowMs) throw fault('hold-until', 'untilMs', 'a day that is over', 'one that comes')
      const whole = number === undefined ? '' : readNumber(number, home)
      const hold: HoldRow = {
        id: newId('hold', nowMs),
        number: whole,
        mark: whole === '' ? '' : mark(whole),
        order: (order ?? '').replaceAll(' ', ''),
        reason,
        by,
        atMs: nowMs,
        untilMs,
        endedBy: undefined,
        endedAtMs: undefined,
      }
      await insertHold(database, hold)
      return viewOf(hold)
    },
    /** @throws Fault `hold-unknown` */
    async lift(id: string, by: string): Promise<void> {
      if (await endHold(database, id, by, clock.now())) return
      throw fault('hold-unknown', 'id', 'no hold of this id that holds', 'the id of one that does')
    },
    holding: () => selectHolding(database, clock.now()),
    /** Called in the transaction that erases an order. @throws Fault `order-held` if the order or its caller is held */
    async refuseErasure(queries: Queries, order: string, caller: string): Promise<void> {
      const holding = await selectHolding(queries, clock.now())
      const whose = caller === '' ? undefined : mark(caller)
      if (holding.some(hold => hold.order === order || (hold.mark !== '' && hold.mark === whose)))
        throw fault('order-held', 'order', 'one that is held', 'one that is not, or the end of the hold')
    },
    /** Everything that is held now and must not be deleted. */
    async held(): Promise<HeldBack> {
      const holding = await selectHolding(database, clock.now())
      const orders = holding.flatMap(({ order }) => (order === '' ? [] : [order]))
      const people = await Promise.all(
        holding.flatMap(({ number }) => (number === '' ? [] : [personOf(number, home, forgetters())])),
      )
      return {
        forms: people.flatMap(({ forms }) => forms),
        calls: [...people.flatMap(({ calls }) => calls), ...(await callsOf(orders, forgetters()))],
        orders: [...people.flatMap(one => one.orders), ...orders],
      }
    },
  }
}

export type Holds = ReturnType<typeof createHolds>

/** The calls from which orders were made. */
async function callsOf(
  orders: readonly string[],
  forgetters: readonly Forgetter[],
): Promise<readonly string[]> {
  if (orders.length === 0) return []
  const found = await Promise.all(forgetters.map(({ callsOf }) => callsOf?.(orders) ?? []))
  return found.flat()
}
