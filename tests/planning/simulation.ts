import type { ImpatientTraffic, Prediction } from '../../src/planning/index.ts'

/** Chance that is the same each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Callers who come at random, wait in the order in which they came, and go when their patience is over: one after the other. */
export function simulate(
  { calls, seconds, handlingSeconds, patienceSeconds }: ImpatientTraffic,
  {
    agents,
    soonSeconds,
    callers,
  }: { readonly agents: number; readonly soonSeconds: number; readonly callers: number },
): Prediction {
  const random = chance(4711)
  const exponential = (mean: number) => -mean * Math.log(1 - random())
  const freeAt = new Float64Array(agents)
  const counted = { waits: 0, soon: 0, abandons: 0, waited: 0, talked: 0 }
  let now = 0
  for (let caller = 0; caller < callers; caller++) {
    now += exponential(seconds / calls)
    // Whoever came before and stayed has taken their agent already: the next to be free is this caller's.
    let next = 0
    for (let agent = 1; agent < agents; agent++) if ((freeAt[agent] ?? 0) < (freeAt[next] ?? 0)) next = agent
    const wait = Math.max(0, (freeAt[next] ?? 0) - now)
    const patience = exponential(patienceSeconds)
    const talk = exponential(handlingSeconds)
    if (wait > 0) counted.waits++
    counted.waited += Math.min(wait, patience)
    if (wait > patience) {
      counted.abandons++
      continue
    }
    if (wait <= soonSeconds) counted.soon++
    counted.talked += talk
    freeAt[next] = now + wait + talk
  }
  return {
    waits: counted.waits / callers,
    level: counted.soon / callers,
    abandons: counted.abandons / callers,
    waitSeconds: counted.waited / callers,
    occupancy: counted.talked / (now * agents),
  }
}
