import { lookedForKey } from '../shell/looked-for.ts'
import type { LookedFor } from './use-orders.ts'

const digitsOfOrder = 13

/** Of an order, or, at the centre, of a telephone; whatever else is written is words. */
export function readLookedFor(given: string, isOfUnit: boolean): LookedFor | { readonly number: string } {
  const number = given.replace(/[\s-]/g, '')
  if (!/^\+?\d+$/.test(number)) return { words: given.trim() }
  return isOfUnit || number.length === digitsOfOrder ? { number } : { caller: number }
}

/** What was written into the head of another page: handed over once, and kept nowhere. */
function takeHanded(): string | undefined {
  const given = sessionStorage.getItem(lookedForKey) ?? undefined
  sessionStorage.removeItem(lookedForKey)
  return given
}
export const handed = takeHanded()
