import type { Forgetter, Somebody } from '../storage/index.ts'
import { type Home, isFullNumber, normaliseNumber, numberWritings } from '../telephony/index.ts'
import { fault } from './faults.ts'

/** @throws Fault `person-number` for a short number, which belongs to a service */
export function readNumber(written: string, home: Home): string {
  const number = normaliseNumber(written, home)
  if (isFullNumber(number)) return number
  throw fault(
    'person-number',
    'number',
    'no whole telephone number',
    'one with all of its digits, as 13800138000',
  )
}

/** An unknown person, limited to a single call. */
export const inOneCall = (call: string): Somebody => ({ forms: [], digits: '', calls: [call], orders: [] })

/** A person by their number, with all calls and orders that any room knows as theirs. */
export async function personOf(
  number: string,
  home: Home,
  forgetters: readonly Forgetter[],
  known: Pick<Somebody, 'calls' | 'orders'> = { calls: [], orders: [] },
): Promise<Somebody> {
  const begun: Somebody = { ...numberWritings(number, home), ...known }
  const calls = new Set(begun.calls)
  const orders = new Set(begun.orders)
  for (const forgetter of forgetters) {
    const found = await forgetter.find?.(begun)
    for (const call of found?.calls ?? []) calls.add(call)
    for (const order of found?.orders ?? []) orders.add(order)
  }
  return { ...begun, calls: [...calls].sort(), orders: [...orders].sort() }
}
