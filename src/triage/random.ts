/** Chance that is the same again for the same seed (mulberry32), from 0 to below 1. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** In place. */
export function shuffle(items: number[] | Int32Array, random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const at = Math.floor(random() * (last + 1))
    const moved = items[last] ?? 0
    items[last] = items[at] ?? 0
    items[at] = moved
  }
}
