/** Runs of characters in a text, and how often each stands there. */
export type Grams = ReadonlyMap<string, number>
/** How much each run of characters tells. */
export type Rarity = Pick<ReadonlyMap<string, number>, 'get' | 'keys'>
/** By run of characters: which objects have it, and how much it is of each. */
export type GramIndex = Pick<ReadonlyMap<string, Posting>, 'get'>

export type Posting = { readonly objects: Uint16Array; readonly weights: Float32Array }

/** How much more a rare run of characters tells than a common one, damped: rare ones are chance as often. */
const damping = 0.75
/** So many texts of citizens tell what all of them say, whatever they want. */
const enoughTexts = 50

/** What stands in many profiles tells little, and so does what stands in many texts. */
export function rarityIn(profiles: readonly Grams[], texts: readonly Grams[]): Rarity {
  const [ofProfiles, ofTexts] = [holdersOf(profiles), holdersOf(texts)]
  const share = (holders: ReadonlyMap<string, number>, gram: string, all: number) =>
    (1 + (holders.get(gram) ?? 0)) / (1 + all)
  const rare = (gram: string) => {
    const inProfiles = share(ofProfiles, gram, profiles.length)
    const inTexts = texts.length < enoughTexts ? 0 : share(ofTexts, gram, texts.length)
    return (1 - Math.log(Math.max(inProfiles, inTexts))) ** damping
  }
  return new Map([...ofProfiles.keys(), ...ofTexts.keys()].map(gram => [gram, rare(gram)]))
}

function holdersOf(texts: readonly Grams[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>()
  for (const grams of texts) for (const gram of grams.keys()) holders.set(gram, (holders.get(gram) ?? 0) + 1)
  return holders
}

export const weightIn = (count: number, rare: number) => (1 + Math.log(count)) * rare

export function vectorOf(grams: Grams, rarity: Rarity): Map<string, number> {
  const weighed = new Map<string, number>()
  let square = 0
  for (const [gram, count] of grams) {
    const rare = rarity.get(gram)
    if (rare === undefined) continue
    const weight = count === 1 ? rare : weightIn(count, rare)
    square += weight * weight
    weighed.set(gram, weight)
  }
  const length = Math.sqrt(square) || 1
  for (const [gram, weight] of weighed) weighed.set(gram, weight / length)
  return weighed
}

export function ofLengthOne(vector: ReadonlyMap<string, number>): Map<string, number> {
  let square = 0
  for (const weight of vector.values()) square += weight * weight
  const length = Math.sqrt(square) || 1
  const scaled = new Map<string, number>()
  for (const [gram, weight] of vector) scaled.set(gram, weight / length)
  return scaled
}

export function indexOf(vectors: readonly ReadonlyMap<string, number>[]): GramIndex {
  const lists = new Map<string, [number[], number[]]>()
  vectors.forEach((vector, at) => {
    for (const [gram, weight] of vector) {
      const list = lists.get(gram)
      if (list) {
        list[0].push(at)
        list[1].push(weight)
      } else lists.set(gram, [[at], [weight]])
    }
  })
  return new Map(
    [...lists].map(([gram, [objects, weights]]) => [
      gram,
      { objects: Uint16Array.from(objects), weights: Float32Array.from(weights) },
    ]),
  )
}

/** The product of a text with each object. */
export function scoresBy(
  index: GramIndex,
  objects: number,
  asked: ReadonlyMap<string, number>,
): Float32Array {
  const scores = new Float32Array(objects)
  for (const [gram, weight] of asked) {
    const posting = index.get(gram)
    if (!posting) continue
    for (let at = 0; at < posting.objects.length; at++)
      scores[posting.objects[at]!]! += posting.weights[at]! * weight
  }
  return scores
}
