import type { KeyPress } from './call.ts'

/** A key counted, and the ways by which it has been reported so far. */
type Counted = {
  readonly key: KeyPress['key']
  readonly atMs: number
  readonly sources: readonly KeyPress['source'][]
}

/** The keys counted of late, oldest first. A value: hearing one gives the next. */
export type KeyLedger = readonly Counted[]

export const noKeys: KeyLedger = []

/**
 * How far apart two reports of one press may be: an INFO (RFC 6086) leaves when the key is let go and goes another
 * way than the sound. Presses reported by one way are never merged, however fast they follow.
 */
const windowMs = 500

/**
 * Counts a press once, by whatever ways it is reported. A report by another way is paired with the oldest press of
 * that key which has not been reported by this way yet; one by the same way is a press of its own, since each way
 * (RFC 4733 retransmissions, tones, CSeq of an INFO) already counts its own only once.
 */
export function hearKey(
  ledger: KeyLedger,
  press: KeyPress,
): { readonly ledger: KeyLedger; readonly fresh: boolean } {
  const recent = ledger.filter(counted => press.atMs - counted.atMs <= windowMs)
  const twin = recent.findIndex(
    counted => counted.key === press.key && !counted.sources.includes(press.source),
  )
  if (twin < 0) {
    const counted = { key: press.key, atMs: press.atMs, sources: [press.source] }
    return { ledger: [...recent, counted], fresh: true }
  }
  return {
    ledger: recent.map((counted, index) =>
      index === twin ? { ...counted, sources: [...counted.sources, press.source] } : counted,
    ),
    fresh: false,
  }
}
