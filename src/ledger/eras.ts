import { allKeys, type LedgerKeys } from './keys.ts'
import type { ReadSeal } from './seal.ts'

/** A MAC key, and the last position in a room's chain for which it is trusted. */
export type Era = { readonly mac: Uint8Array; readonly untilSeq: number }

/**
 * How far each key is trusted: the current key without end, an earlier one up to the head that its successor first sealed.
 * Somebody who learns a retired key cannot add events with it, nor change earlier ones without changing a sealed head.
 */
export function erasOf(keys: LedgerKeys, seals: readonly ReadSeal[]): (room: string) => readonly Era[] {
  const inOrder = seals.toSorted((one, other) => one.text.n - other.text.n)
  const ends = allKeys(keys).map((_, age) => inOrder.find(seal => seal.age < age)?.text.heads)
  return room =>
    allKeys(keys).map(({ mac }, age) => {
      const heads = ends[age]
      const untilSeq = heads ? (heads.find(one => one.room === room)?.seq ?? 0) : Number.POSITIVE_INFINITY
      return { mac, untilSeq }
    })
}
