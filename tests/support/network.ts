/** How bad a network is. Shares are 0 to 1. */
export type Weather = {
  readonly loss: number
  readonly repeat: number
  /** Every packet takes this long, and up to `jitterMs` more: what overtakes is reordered. */
  readonly delayMs: number
  readonly jitterMs: number
}

export type Sent<T> = { readonly atMs: number; readonly packet: T }

/** What of the packets sent arrives, and when, in the order of arrival; the same for the same seed. */
export function carry<T>(seed: number, weather: Weather, sent: readonly Sent<T>[]): readonly Sent<T>[] {
  const chance = seededChance(seed)
  const arrive = ({ atMs, packet }: Sent<T>): Sent<T> => ({
    atMs: atMs + weather.delayMs + chance() * weather.jitterMs,
    packet,
  })
  return sent
    .flatMap(one => {
      if (chance() < weather.loss) return []
      return chance() < weather.repeat ? [arrive(one), arrive(one)] : [arrive(one)]
    })
    .toSorted((a, b) => a.atMs - b.atMs)
}

/** Chance that can be had again: mulberry32 (Tommy Ettinger, public domain), uniform in [0, 1). */
export function seededChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
