import type { KeyPress } from './call.ts'

/** A press counted, and what has been reported of it so far. */
type Counted = {
  readonly key: KeyPress['key']
  /** Until when it is known to have been down. */
  readonly untilMs: number
  /** The ways that have reported it. */
  readonly sources: readonly KeyPress['source'][]
  /** By this way its end will be reported, too. */
  readonly endDueBy?: KeyPress['source']
}

/** The presses counted of late, oldest first. A value: hearing one gives the next. */
export type KeyLedger = readonly Counted[]

export const noKeys: KeyLedger = []

/**
 * How far apart two reports of one press may be: an INFO (RFC 6086) leaves when the key is let go and goes another
 * way than the sound. Presses reported by one way are never merged, however fast they follow.
 */
const windowMs = 500
/** Nobody holds a key for longer and means one thing by it. */
export const mostHeldMs = 15_000

/**
 * Counts a press once, by whatever ways it is reported. A report by another way is paired with the oldest press of
 * that key which was down at that time and has not been reported by this way yet; one by the same way is a press of its
 * own, since each way (RFC 4733 retransmissions, tones, CSeq of an INFO) already counts its own only once.
 */
export function hearKey(
  ledger: KeyLedger,
  press: KeyPress,
): { readonly ledger: KeyLedger; readonly fresh: boolean } {
  const { key, source, atMs, heldMs = 0, phase } = press
  const beganMs = atMs - heldMs
  const recent = ledger.filter(({ untilMs }) => atMs - untilMs <= mostHeldMs + windowMs)
  const isEndOf = (counted: Counted) => phase === 'up' && counted.endDueBy === source
  const isOf = (counted: Counted) =>
    !counted.sources.includes(source) && counted.untilMs >= beganMs - windowMs
  const twin = recent.find(counted => counted.key === key && (isEndOf(counted) || isOf(counted)))
  const told: Counted = {
    key,
    untilMs: Math.max(twin?.untilMs ?? atMs, heldMs > 0 ? atMs : 0),
    sources: [...(twin?.sources ?? []), source],
    endDueBy: phase === 'down' ? source : phase === 'up' ? undefined : twin?.endDueBy,
  }
  if (!twin) return { ledger: [...recent, told], fresh: true }
  return { ledger: recent.map(counted => (counted === twin ? told : counted)), fresh: false }
}

/** The press of that key which this way reported last was still down at that time. */
export function holdKey(ledger: KeyLedger, { key, source, atMs }: KeyPress): KeyLedger {
  const last = ledger.findLastIndex(counted => counted.key === key && counted.sources.includes(source))
  return ledger.map((counted, index) =>
    index === last ? { ...counted, untilMs: Math.max(counted.untilMs, atMs) } : counted,
  )
}
