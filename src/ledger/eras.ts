import { allKeys, type LedgerKeys } from './keys.ts'
import type { ReadSeal } from './seal.ts'

/** A key of events' MACs, and the last place in a room's chain at which it is believed. */
export type Era = { readonly mac: Uint8Array; readonly untilSeq: number }

/**
 * Until when each key is believed: the one that is good now without an end, one before it up to where each chain was when
 * a key after it first sealed. Whoever learned of a key that was given up writes nothing more by it, and nothing before
 * without a head that is another than was sealed.
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
