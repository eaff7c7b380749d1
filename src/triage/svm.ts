import { createRandom, shuffle } from './random.ts'
import type { Vector } from './vocabulary.ts'

/** One line for each label, against all others: `weights[place * labels + label]`, and a constant for each. */
export type Lines = { readonly weights: Float32Array; readonly constants: Float32Array }

export type SvmOptions = {
  /** What an error costs: higher learns more of each text by heart. */
  readonly cost: number
  readonly seed: number
}

const mostRounds = 12
/** liblinear's own: below it, more rounds change no answer. */
const enough = 0.1

/**
 * Linear SVM with squared hinge loss by dual coordinate descent (Hsieh et al., ICML 2008, algorithm 1). All labels of a
 * text are worked on at once, so that its weights are fetched from memory once: for seven labels that is three times as
 * fast as one after another.
 * @param labelOf the number of each text's label
 * @param width how many places the vocabulary has
 * @param from the first label of those that are learnt, `count` how many
 */
export function learnLines(
  vectors: readonly Vector[],
  labelOf: Int32Array,
  { width, from, count }: { readonly width: number; readonly from: number; readonly count: number },
  { cost, seed }: SvmOptions,
): Lines {
  const weights = new Float32Array(width * count)
  const constants = new Float32Array(count)
  const alphas = new Float32Array(vectors.length * count)
  const soft = 1 / (2 * cost)
  const squares = vectors.map(vector => vector.weights.reduce((sum, weight) => sum + weight * weight, 1))
  const order = Int32Array.from(vectors, (_, at) => at)
  /** Rounds that a text sits out, since no label of it moved: it is looked at again after twice as many. */
  const rest = new Uint8Array(vectors.length)
  const naps = new Uint8Array(vectors.length)
  const random = createRandom(seed)
  const scores = new Float32Array(count)
  const steps = new Float32Array(count)

  for (let round = 0; round < mostRounds; round++) {
    shuffle(order, random)
    let worst = 0
    for (const at of order) {
      if ((rest[at] ?? 0) > 0) {
        rest[at]!--
        continue
      }
      const { places, weights: given } = vectors[at]!
      scores.set(constants)
      addProducts(scores, weights, places, given)
      const own = (labelOf[at] ?? 0) - from
      const curve = (squares[at] ?? 1) + soft
      let moved = 0
      for (let label = 0; label < count; label++) {
        const side = label === own ? 1 : -1
        const slot = at * count + label
        const alpha = alphas[slot] ?? 0
        const slope = side * (scores[label] ?? 0) - 1 + alpha * soft
        const violation = alpha === 0 ? Math.min(slope, 0) : slope
        const next = violation === 0 ? alpha : Math.max(alpha - slope / curve, 0)
        steps[label] = (next - alpha) * side
        alphas[slot] = next
        moved = Math.max(moved, Math.abs(violation))
      }
      worst = Math.max(worst, moved)
      naps[at] = moved > enough / 10 ? 0 : Math.min(3, (naps[at] ?? 0) + 1)
      rest[at] = naps[at]! > 1 ? 1 << (naps[at]! - 1) : 0
      if (moved > 0) addSteps(weights, steps, places, given)
      for (let label = 0; label < count && moved > 0; label++) constants[label]! += steps[label] ?? 0
    }
    if (worst < enough) break
  }
  return { weights, constants }
}

/** Adds to each label's score what the text's features weigh for it. */
export function addProducts(
  scores: Float32Array,
  weights: Float32Array,
  places: Int32Array,
  given: Float32Array,
): void {
  const count = scores.length
  for (let at = 0; at < places.length; at++) {
    const base = places[at]! * count
    const weight = given[at]!
    for (let label = 0; label < count; label++) scores[label]! += weights[base + label]! * weight
  }
}

function addSteps(weights: Float32Array, steps: Float32Array, places: Int32Array, given: Float32Array): void {
  const count = steps.length
  for (let at = 0; at < places.length; at++) {
    const base = places[at]! * count
    const weight = given[at]!
    for (let label = 0; label < count; label++) weights[base + label]! += steps[label]! * weight
  }
}
