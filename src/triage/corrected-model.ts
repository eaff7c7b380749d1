import { sharesOf } from './calibration.ts'
import type { TriageText } from './features.ts'
import { type Model, scoresOf } from './model.ts'
import { foundBy, type Suggestion } from './suggestion.ts'
import { type Counted, countedOf, type Vector } from './vocabulary.ts'

/** A model, and corrections that came after its training. */
export type CorrectedModel = {
  readonly model: Model
  /** By feature: which corrections have it, and how much it is of each. */
  readonly index: ReadonlyMap<number, readonly (readonly [correction: number, weight: number])[]>
  /** The label of each correction. */
  readonly labels: Int32Array
  /** What the likest correction of a label adds to its score, for a likeness of 1. */
  readonly weight: number
}

/** What has less in common than this has in common what all citizens say. */
const leastLike = 0.25
/** The first is taken where others are no better. */
const weights = [1, 2, 4]

/**
 * A text that is like a correction gets its label more readily. How much so is chosen by each correction, judged by the
 * model and by all other corrections: nothing, where it does harm.
 * @param corrections of labels that the model has
 */
export function correctModel(
  model: Model,
  corrections: readonly (TriageText & { readonly label: string })[],
): CorrectedModel {
  const places = new Map(model.labels.map((label, at) => [label, at]))
  const counted = corrections.map(countedOf)
  const vectors = counted.map(one => model.vectors.of(one))
  const labels = Int32Array.from(corrections, ({ label }) => places.get(label) ?? -1)
  const index = new Map<number, [number, number][]>()
  for (const [at, { places: features, weights: given }] of vectors.entries())
    features.forEach((feature, place) => {
      const list = index.get(feature) ?? []
      index.set(feature, list)
      list.push([at, given[place]!])
    })
  const whole = { model, index, labels, weight: 0 }
  const rights = [0, ...weights].map(() => 0)
  for (const [at, one] of counted.entries()) {
    const scores = scoresOf(model, one)
    const likeness = likenessOf(whole, vectors[at]!, at)
    for (const [way, weight] of [0, ...weights].entries())
      if (bestOf(scores, likeness, weight) === labels[at]) rights[way]!++
  }
  const [without = 0, ...others] = rights
  const best = Math.max(...others, without)
  const chosen = others.indexOf(best)
  return { ...whole, weight: chosen < 0 ? 0 : weights[chosen]! }
}

export function classifyCorrected(corrected: CorrectedModel, text: TriageText, most = 5): Suggestion {
  const { model, weight } = corrected
  const counted: readonly Counted[] = countedOf(text)
  const scores = scoresOf(model, counted)
  const likeness = likenessOf(corrected, model.vectors.of(counted))
  const shares = sharesOf(
    scores.map((score, label) => score + weight * likeness[label]!),
    model.temperature,
  )
  const found = foundBy(model.labels, shares, most)
  const isEmpty = text.text.trim() + (text.title ?? '').trim() === ''
  return { found, isUnsure: isEmpty || (found[0]?.sure ?? 0) < model.doubt }
}

/** By label: how much like the text the likest of its corrections is, above what all texts are like. */
function likenessOf(
  { model, index, labels }: CorrectedModel,
  { places, weights: given }: Vector,
  except = -1,
): Float32Array {
  const products = new Float32Array(labels.length)
  places.forEach((place, at) => {
    for (const [correction, weight] of index.get(place) ?? []) products[correction]! += weight * given[at]!
  })
  const likeness = new Float32Array(model.labels.length)
  products.forEach((product, at) => {
    const label = labels[at]!
    if (at !== except && label >= 0) likeness[label] = Math.max(likeness[label]!, product - leastLike)
  })
  return likeness
}

function bestOf(scores: Float32Array, likeness: Float32Array, weight: number): number {
  let best = 0
  const scoreOf = (label: number) => scores[label]! + weight * likeness[label]!
  for (let label = 1; label < scores.length; label++) if (scoreOf(label) > scoreOf(best)) best = label
  return best
}
