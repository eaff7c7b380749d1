import { doubtBelow, type Judged, sharesOf, temperatureFor } from './calibration.ts'
import { type Grams, indexOf, type Rarity, rarityIn, scoresBy, vectorOf } from './gram-vectors.ts'

/** How corrections are made use of. */
export type Way = {
  readonly rarity: Rarity
  /** What one correction adds to a profile, beside 1 for all that the catalogue says. */
  readonly weight: number
  /** How much an object gains by being asked often. */
  readonly often: number
}

export type Corrected = { readonly at: number; readonly grams: Grams }

/** So many are judged, spread evenly: more of them choose the same. */
const mostJudged = 800
/** So many tell how sure one may be. */
const enoughJudged = 100
/** The first is taken where others are no better. */
const weights = [0.2, 0.1, 0.4]
const oftens = [0, 0.5, 1]

type Rank = { first: number; firstThree: number; firstFive: number; reciprocal: number }

/**
 * Each correction is judged by the catalogue and by all other corrections, in every way that they may be made use of. The best
 * is taken of those in which the first, the first three and the first five are right no less often than without any.
 */
export function bestWay(
  written: readonly Grams[],
  corrected: readonly Corrected[],
  plain: Rarity,
  temperature: number,
): { readonly way: Way; readonly temperature?: number; readonly doubt?: number } {
  const without: Way = { rarity: plain, weight: 0, often: 0 }
  if (corrected.length === 0) return { way: without }
  const every = Math.max(1, Math.ceil(corrected.length / mostJudged))
  const judged = corrected.filter((_, at) => at % every === 0)
  const told = rarityIn(
    written,
    corrected.map(({ grams }) => grams),
  )
  const sumsBy = new Map([told, plain].map(rarity => [rarity, sumsOf(written, corrected, judged, rarity)]))
  const scorerOf = (way: Way) => scoresIn(sumsBy.get(way.rarity)!, judged, way, temperature)
  const ground = rankOf(judged, scorerOf(without))
  let best: { way: Way; rank: Rank } | undefined
  for (const rarity of [told, plain]) {
    for (const weight of weights)
      for (const often of oftens) {
        const way = { rarity, weight, often }
        const rank = rankOf(judged, scorerOf(way))
        const isHarm =
          rank.first < ground.first ||
          rank.firstThree < ground.firstThree ||
          rank.firstFive < ground.firstFive
        if (!isHarm && (best === undefined || rank.reciprocal > best.rank.reciprocal + 1e-9))
          best = { way, rank }
      }
  }
  const way = best?.way ?? without
  if (judged.length < enoughJudged) return { way }
  const scores = scorerOf(way)
  const answers = judged.map(({ at }, index): Judged => ({ scores: scores(index).slice(), label: at }))
  const fitting = temperatureFor(answers)
  const sure = answers.map(({ scores: own, label }) => {
    const shares = sharesOf(own, fitting)
    const top = shares.reduce((most, share, at) => (share > shares[most]! ? at : most), 0)
    return { sure: shares[top]!, right: top === label }
  })
  return { way, temperature: fitting, doubt: doubtBelow(sure) }
}

type Sums = {
  /** By object: how many corrections, the square of their sum, and its product with the profile. */
  readonly counts: Int32Array
  readonly squares: Float64Array
  readonly products: Float64Array
  /** By correction that is judged: its products with all profiles, and with the sums of all corrections, itself in them. */
  readonly byCatalogue: readonly Float32Array[]
  readonly byOthers: readonly Float32Array[]
}

function sumsOf(
  written: readonly Grams[],
  corrected: readonly Corrected[],
  judged: readonly Corrected[],
  rarity: Rarity,
): Sums {
  const profiles = written.map(grams => vectorOf(grams, rarity))
  const sums = written.map(() => new Map<string, number>())
  const counts = new Int32Array(written.length)
  for (const { at, grams } of corrected) {
    counts[at]!++
    const sum = sums[at]!
    for (const [gram, weight] of vectorOf(grams, rarity)) sum.set(gram, (sum.get(gram) ?? 0) + weight)
  }
  const [squares, products] = [new Float64Array(written.length), new Float64Array(written.length)]
  for (const [at, sum] of sums.entries())
    for (const [gram, weight] of sum) {
      squares[at]! += weight * weight
      products[at]! += weight * (profiles[at]!.get(gram) ?? 0)
    }
  const [catalogue, others] = [indexOf(profiles), indexOf(sums)]
  const asked = judged.map(({ grams }) => vectorOf(grams, rarity))
  return {
    counts,
    squares,
    products,
    byCatalogue: asked.map(vector => scoresBy(catalogue, written.length, vector)),
    byOthers: asked.map(vector => scoresBy(others, written.length, vector)),
  }
}

/** The scores of all objects for a judged correction, as if it were not among the corrections. Valid until the next call. */
function scoresIn(
  { counts, squares, products, byCatalogue, byOthers }: Sums,
  judged: readonly Corrected[],
  { weight, often }: Way,
  temperature: number,
): (index: number) => Float32Array {
  const scores = new Float32Array(counts.length)
  return index => {
    const [catalogue, others, own] = [byCatalogue[index]!, byOthers[index]!, judged[index]!.at]
    for (let at = 0; at < scores.length; at++) {
      let [count, square, product, other] = [counts[at]!, squares[at]!, products[at]!, others[at]!]
      if (at === own) {
        count--
        square += 1 - 2 * other
        product -= catalogue[at]!
        other -= 1
      }
      const length = Math.sqrt(1 + 2 * weight * product + weight * weight * square)
      const score = (catalogue[at]! + weight * other) / length
      scores[at] = score <= 0 ? 0 : score + often * temperature * Math.log(1 + count)
    }
    return scores
  }
}

function rankOf(judged: readonly Corrected[], scoresOf: (index: number) => Float32Array): Rank {
  const rank: Rank = { first: 0, firstThree: 0, firstFive: 0, reciprocal: 0 }
  for (const [index, { at }] of judged.entries()) {
    const scores = scoresOf(index)
    const own = scores[at]!
    const before = scores.reduce((count, score) => count + (score > own ? 1 : 0), 0)
    if (own <= 0) continue
    if (before < 1) rank.first++
    if (before < 3) rank.firstThree++
    if (before < 5) rank.firstFive++
    rank.reciprocal += 1 / (1 + before)
  }
  return rank
}
