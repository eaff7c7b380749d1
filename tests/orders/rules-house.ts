/** The shipped rules, and orders that happen without a database. */
import { join } from 'node:path'
import { type Dialable, dialable } from '../../src/callers/index.ts'
import { createCalendar, exampleCity } from '../../src/city/index.ts'
import { decide } from '../../src/orders/decide.ts'
import type { OrderEvent } from '../../src/orders/event.ts'
import { foldOrder, happen } from '../../src/orders/fold.ts'
import { type Actor, type Command, type NewOrder, readOrderRules } from '../../src/orders/index.ts'
import { decideNew } from '../../src/orders/new-order.ts'
import { orderNumberOf } from '../../src/orders/number.ts'
import type { Order } from '../../src/orders/order.ts'
import { rises } from '../../src/orders/supervising/rising.ts'

export const rulesDirectory = join(import.meta.dirname, '..', '..', 'order-rules')
export const shippedRules = (profile = 'beijing') => readOrderRules(rulesDirectory, profile)
export const calendar = createCalendar(exampleCity)
export const number = orderNumberOf('2026-01-05', 1)

/** Monday, 10:00 in Beijing. */
export const mondayMs = Date.UTC(2026, 0, 5, 2)
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

export const caller: Dialable = dialable('+8613800138000', 'rang-us')
export const seat: Actor = { role: 'seat', person: 's1' }
export const dispatcher: Actor = { role: 'dispatcher', person: 'pai' }
export const supervisor: Actor = { role: 'supervisor', person: 'boss' }
export const unit = (name: string): Actor => ({ role: 'unit', person: `${name}-1`, unit: name })
export const house: Actor = { role: 'house', person: 'jieting' }

export const coldRadiators: NewOrder = {
  caller,
  contact: { mode: 'voice', number: caller },
  category: 'heating',
  matter: '暖气不热',
  place: '幸福小区3号楼',
  street: '望京街道',
}

type Rules = Awaited<ReturnType<typeof shippedRules>>

/** An order that lives in memory: commands come in, events pile up. */
export function inMemory(rules: Rules, order: NewOrder = coldRadiators, madeAtMs = mondayMs) {
  const made = decideNew(order, { by: seat, atMs: madeAtMs, rules, calendar })
  const events: OrderEvent[] = made.happenings.map(happening => ({
    ...happening,
    seq: 1,
    atMs: madeAtMs,
    by: seat,
  }))
  let now: Order = foldOrder(number, events, calendar)
  return {
    events,
    order: () => now,
    /** @throws as `decide` */
    act(command: Command, by: Actor, atMs: number) {
      const decision = decide(now, command, { by, atMs, rules, calendar })
      const before = now
      const add = (happenings: typeof decision.happenings, whose: Actor) => {
        for (const happening of happenings) {
          const event = { ...happening, seq: now.seq + 1, atMs: Math.max(atMs, now.lastAtMs), by: whose }
          now = happen(now, event, calendar)
          events.push(event)
        }
      }
      add(decision.happenings, by)
      const risen = rises(before, now, rules)
      add(risen.happenings, house)
      return { ...decision, notices: [...decision.notices, ...risen.notices] }
    },
  }
}
