/**
 * Lays out a graph in layers from top to bottom, after Sugiyama, Tagawa and Toda (1981): links that lead back are reversed;
 * a box's layer is its longest path from the top; a link over several layers gets a bend in each; the boxes of a layer are
 * ordered by the mean position of their neighbours, and then moved as near to them as their widths allow.
 */

export type Point = { readonly x: number; readonly y: number }
type Size = { readonly id: string; readonly width: number; readonly height: number }
type Link = { readonly from: string; readonly to: string }

export type Layout = {
  readonly width: number
  readonly height: number
  /** Centres of the boxes, by id. */
  readonly middles: ReadonlyMap<string, Point>
  /** The points that each link passes, in its direction; its ends lie on the boxes' borders. */
  readonly routes: readonly (readonly Point[])[]
}

const gapX = 28
const gapY = 86
const bendWidth = 16
const sweeps = 12

type Spot = { readonly id: string; readonly width: number; readonly rank: number; x: number }
/** Link `index` as a chain of spots from layer to layer, downwards. */
type Chain = { readonly index: number; readonly isTurned: boolean; readonly spots: readonly Spot[] }

export function layOut(boxes: readonly Size[], links: readonly Link[]): Layout {
  const turned = linksBack(boxes, links)
  const down = links.map((link, index) => (turned.has(index) ? { from: link.to, to: link.from } : link))
  const ranks = ranksOf(boxes, down)
  const spots = new Map(
    boxes.map(box => [box.id, { ...box, rank: ranks.get(box.id) ?? 0, x: 0 } satisfies Spot]),
  )
  const layers: Spot[][] = []
  const put = (spot: Spot) => {
    layers[spot.rank] = [...(layers[spot.rank] ?? []), spot]
    return spot
  }
  for (const spot of spots.values()) put(spot)
  const chains = down.flatMap(({ from, to }, index): readonly Chain[] => {
    const top = spots.get(from)
    const bottom = spots.get(to)
    if (!top || !bottom || top === bottom) return []
    const bends = Array.from({ length: bottom.rank - top.rank - 1 }, (_, step) =>
      put({ id: `bend ${index} ${step}`, width: bendWidth, rank: top.rank + step + 1, x: 0 }),
    )
    return [{ index, isTurned: turned.has(index), spots: [top, ...bends, bottom] }]
  })
  const neighbours = neighboursOf(chains)
  order(layers, neighbours)
  spread(layers, neighbours)
  return measure(boxes, links, spots, layers, chains)
}

/** The links that close a cycle in a depth-first search. */
function linksBack(boxes: readonly Size[], links: readonly Link[]): ReadonlySet<number> {
  const back = new Set<number>()
  const state = new Map<string, 'open' | 'done'>()
  const visit = (id: string) => {
    state.set(id, 'open')
    for (const [index, { from, to }] of links.entries()) {
      if (from !== id || to === id) continue
      if (state.get(to) === 'open') back.add(index)
      else if (!state.has(to)) visit(to)
    }
    state.set(id, 'done')
  }
  for (const { id } of boxes) if (!state.has(id)) visit(id)
  return back
}

function ranksOf(boxes: readonly Size[], down: readonly Link[]): ReadonlyMap<string, number> {
  const ranks = new Map(boxes.map(({ id }) => [id, 0]))
  const rankOf = (id: string) => ranks.get(id) ?? 0
  // Without cycles, as many rounds as there are boxes are enough.
  for (let round = 0, isMoved = true; isMoved && round <= boxes.length; round++) {
    isMoved = false
    for (const { from, to } of down) {
      if (from === to || rankOf(to) > rankOf(from)) continue
      ranks.set(to, rankOf(from) + 1)
      isMoved = true
    }
  }
  return ranks
}

type Neighbours = ReadonlyMap<Spot, { readonly above: readonly Spot[]; readonly below: readonly Spot[] }>

function neighboursOf(chains: readonly Chain[]): Neighbours {
  const found = new Map<Spot, { above: Spot[]; below: Spot[] }>()
  const of = (spot: Spot) => {
    const known = found.get(spot) ?? { above: [], below: [] }
    found.set(spot, known)
    return known
  }
  for (const { spots } of chains)
    for (const [at, spot] of spots.entries()) {
      const next = spots[at + 1]
      if (!next) continue
      of(spot).below.push(next)
      of(next).above.push(spot)
    }
  return found
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Orders each layer by the mean place of its neighbours, sweeping down and up, and keeps the order with the fewest crossings. */
function order(layers: Spot[][], neighbours: Neighbours): void {
  const number = () => {
    for (const layer of layers) for (const [at, spot] of layer.entries()) spot.x = at
  }
  number()
  let best = layers.map(layer => [...layer])
  let fewest = crossings(layers, neighbours)
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const side = sweep % 2 === 0 ? 'above' : 'below'
    for (const layer of side === 'above' ? layers : [...layers].reverse()) {
      const wish = new Map(
        layer.map(spot => {
          const near = neighbours.get(spot)?.[side] ?? []
          return [spot, near.length > 0 ? mean(near.map(({ x }) => x)) : spot.x]
        }),
      )
      layer.sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0))
      for (const [at, spot] of layer.entries()) spot.x = at
    }
    const now = crossings(layers, neighbours)
    if (now >= fewest) continue
    fewest = now
    best = layers.map(layer => [...layer])
  }
  for (const [rank, layer] of best.entries()) layers[rank] = layer
  number()
}

function crossings(layers: readonly (readonly Spot[])[], neighbours: Neighbours): number {
  let count = 0
  for (const layer of layers) {
    const lines = layer.flatMap(spot =>
      (neighbours.get(spot)?.below ?? []).map(end => [spot.x, end.x] as const),
    )
    for (const [at, [top, bottom]] of lines.entries())
      for (const [otherTop, otherBottom] of lines.slice(at + 1))
        if ((top - otherTop) * (bottom - otherBottom) < 0) count++
  }
  return count
}

/** Moves each layer as near to its neighbours as its order and widths allow, from above and below in turn. */
function spread(layers: readonly (readonly Spot[])[], neighbours: Neighbours): void {
  for (const layer of layers)
    settle(
      layer,
      layer.map(() => 0),
    )
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const side = sweep % 2 === 0 ? 'above' : 'below'
    for (const layer of side === 'above' ? layers : [...layers].reverse())
      settle(
        layer,
        layer.map(spot => {
          const near = neighbours.get(spot)?.[side] ?? []
          return near.length > 0 ? mean(near.map(({ x }) => x)) : spot.x
        }),
      )
  }
}

/** The least-squares positions for the given wishes that keep the order and the gaps (pool adjacent violators). */
function settle(layer: readonly Spot[], wishes: readonly number[]): void {
  const offsets: number[] = []
  for (const [at, spot] of layer.entries()) {
    const before = layer[at - 1]
    offsets.push(before ? (offsets[at - 1] ?? 0) + (before.width + spot.width) / 2 + gapX : 0)
  }
  const pools: { sum: number; count: number }[] = []
  for (const [at, wish] of wishes.entries()) {
    let pool = { sum: wish - (offsets[at] ?? 0), count: 1 }
    for (
      let last = pools.at(-1);
      last && last.sum / last.count >= pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pools.pop()
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
    }
    pools.push(pool)
  }
  const placed = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  for (const [at, spot] of layer.entries()) spot.x = (placed[at] ?? 0) + (offsets[at] ?? 0)
}

function measure(
  boxes: readonly Size[],
  links: readonly Link[],
  spots: ReadonlyMap<string, Spot>,
  layers: readonly (readonly Spot[])[],
  chains: readonly Chain[],
): Layout {
  const all = layers.flat()
  const left = Math.min(...all.map(({ x, width }) => x - width / 2))
  const width = Math.max(...all.map(({ x, width: wide }) => x + wide / 2)) - left
  const tallest = Math.max(...boxes.map(({ height }) => height))
  const yOf = (spot: Spot) => spot.rank * (tallest + gapY) + tallest / 2
  const pointOf = (spot: Spot): Point => ({ x: spot.x - left, y: yOf(spot) })

  /** A link passes a layer in a straight line beside its boxes. */
  const straight = (bend: Spot): readonly Point[] => {
    const { x, y } = pointOf(bend)
    return [
      { x, y: y - tallest / 2 },
      { x, y: y + tallest / 2 },
    ]
  }

  /** Spreads the ends of links over a border, ordered by where they come from, so that no two coincide. */
  const endOf = (chain: Chain, isTop: boolean): Point => {
    const spot = chain.spots.at(isTop ? 0 : -1) as Spot
    const nextOf = (one: Chain) => (isTop ? one.spots[1] : one.spots.at(-2)) as Spot
    const sharing = chains
      .filter(one => one.spots.at(isTop ? 0 : -1) === spot)
      .sort((one, other) => nextOf(one).x - nextOf(other).x)
    const step = (spot.width * 0.86) / (sharing.length + 1)
    const x = spot.x - left - spot.width * 0.43 + step * (sharing.indexOf(chain) + 1)
    const half = (boxes.find(({ id }) => id === spot.id)?.height ?? 0) / 2
    return { x, y: yOf(spot) + (isTop ? half : -half) }
  }
  const routes = links.map((link, index): readonly Point[] => {
    const chain = chains.find(one => one.index === index)
    if (!chain) return loopAt(spots.get(link.from), pointOf)
    const way = [endOf(chain, true), ...chain.spots.slice(1, -1).flatMap(straight), endOf(chain, false)]
    return chain.isTurned ? way.reverse() : way
  })
  return {
    width,
    height: layers.length * (tallest + gapY) - gapY,
    middles: new Map([...spots].map(([id, spot]) => [id, pointOf(spot)])),
    routes,
  }
}

/** The loop of a state that leads to itself, on its right side. */
function loopAt(spot: Spot | undefined, pointOf: (spot: Spot) => Point): readonly Point[] {
  if (!spot) return []
  const { x, y } = pointOf(spot)
  const right = x + spot.width / 2
  return [
    { x: right, y: y - 10 },
    { x: right + gapX * 0.7, y },
    { x: right, y: y + 10 },
  ]
}
