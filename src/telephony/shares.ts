import { LRUCache } from 'lru-cache'
import { counter, type Figure } from '../foundation/index.ts'

/** Who asks for a line, by what cannot be chosen freely: a number that somebody vouches for, or the address. */
export type Asker = {
  readonly source: string
  /** The neighbourhood of an address that nobody vouches for. */
  readonly network?: string
  /** Many people ask as this one, so that it tells nothing of one of them: a trunk's callers who withhold their number. */
  readonly isMany?: boolean
  /** Never more than so many as this one, however large its share is. */
  readonly most?: number
}

export type ShareRules = {
  /** Calls from outside at one time, over all lines. */
  readonly most: number
  /** Of them, for one source and for one network, in hundredths; a source may always have one. */
  readonly sourcePercent: number
  readonly networkPercent: number
  /** The last hundredths are kept for sources that have no call up and have not rung over and over. */
  readonly reservePercent: number
}

/** Whoever comes first may have all of them: where everybody who rings is one's own. */
export const firstComeShares = { sourcePercent: 100, networkPercent: 100, reservePercent: 0 }

/** Why nobody more is taken: all lines are in use, or a share of them is. */
export type ShareRefusal = 'lines' | 'source' | 'network' | 'reserve'

export type Shares = {
  /** Counts a call in, or says why not. `give` takes it out again, once however often it is asked. */
  take(asker: Asker): { readonly give: () => void } | { readonly refusal: ShareRefusal }
  /** Only the reserve is left. */
  isScarce(): boolean
  refused(): ReadonlyMap<ShareRefusal, number>
}

/** DESIGN: who rings for the fourth time in a minute may wait for a line that is not scarce. */
const rings = { most: 3, withinMs: 60_000 }
/** By size and not by count: for a count the cache would lay out all its places at once, some 5 ms of a start. */
const mostRemembered = 50_000

/**
 * Lines are shared so that nobody takes them all: one source, its neighbourhood, or a flood of either; the last of them
 * are for who has none.
 * @param monotonicMs now
 */
export function createShares(rules: ShareRules, monotonicMs: () => number): Shares {
  const held = new Map<string, number>()
  const rung = new LRUCache<string, readonly number[]>({ maxSize: mostRemembered, sizeCalculation: () => 1 })
  const refusals = new Map<ShareRefusal, number>()
  let up = 0

  const of = (percent: number) => Math.floor((rules.most * percent) / 100)
  const most = {
    source: Math.max(1, of(rules.sourcePercent)),
    network: Math.max(1, of(rules.networkPercent)),
  }
  const holds = (key: string) => held.get(key) ?? 0
  const isScarce = () => rules.most - up <= of(rules.reservePercent)
  const lately = (source: string) =>
    (rung.get(source) ?? []).filter(atMs => monotonicMs() - atMs < rings.withinMs).slice(-rings.most)

  const refusalOf = ({
    source,
    network,
    isMany = false,
    most: own = rules.most,
  }: Asker): ShareRefusal | undefined => {
    if (up >= rules.most) return 'lines'
    if (holds(source) >= Math.min(own, isMany ? most.network : most.source)) return 'source'
    if (network !== undefined && holds(network) >= most.network) return 'network'
    const isFresh = holds(source) === 0 && lately(source).length < rings.most
    return isScarce() && !isMany && !isFresh ? 'reserve' : undefined
  }
  const count = (keys: readonly string[], by: 1 | -1) => {
    up += by
    for (const key of keys) {
      const now = holds(key) + by
      if (now > 0) held.set(key, now)
      else held.delete(key)
    }
  }

  return {
    take(asker) {
      const { source, network } = asker
      const refusal = refusalOf(asker)
      rung.set(source, [...lately(source), monotonicMs()])
      if (refusal !== undefined) {
        refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1)
        return { refusal }
      }
      const keys = network === undefined ? [source] : [source, network]
      count(keys, 1)
      let isGiven = false
      return {
        give() {
          if (!isGiven) count(keys, -1)
          isGiven = true
        },
      }
    },
    isScarce,
    refused: () => refusals,
  }
}

export const shareFigures = ({ refused }: Pick<Shares, 'refused'>): readonly Figure[] => [
  counter(
    'jieting_lines_refused_total',
    'Calls that were not taken: all lines in use, or a share of them',
    () => [...refused()].map(([why, value]) => ({ labels: { why }, value })),
  ),
]
