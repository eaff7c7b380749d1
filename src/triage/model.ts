import { sharesOf } from './calibration.ts'
import { featuresOf, numberOf, type TriageText } from './features.ts'
import { type PackedLines, scoresBy, weightOf } from './pack.ts'
import { foundBy, reasonsOf, type Suggestion, type Weighed } from './suggestion.ts'
import { type Counted, countedOf, type Vectors } from './vocabulary.ts'

/** What was learnt from confirmed orders. */
export type Model = {
  readonly labels: readonly string[]
  readonly vectors: Vectors
  readonly lines: PackedLines
  /** By which scores become shares. */
  readonly temperature: number
  /** Less sure than this is "I don't know". */
  readonly doubt: number
}

export const scoresOf = ({ vectors, lines }: Pick<Model, 'vectors' | 'lines'>, counted: readonly Counted[]) =>
  scoresBy(lines, vectors.of(counted))

/** The likeliest labels, the surest first. */
export function classify(model: Model, text: TriageText, most = 5): Suggestion {
  const shares = sharesOf(scoresOf(model, countedOf(text)), model.temperature)
  const found = foundBy(model.labels, shares, most)
  const isEmpty = text.text.trim() + (text.title ?? '').trim() === ''
  return { found, isUnsure: isEmpty || (found[0]?.sure ?? 0) < model.doubt }
}

/** What of a text spoke for a label, the strongest first, and what against it. */
export function explain(model: Model, text: TriageText, label: string, most = 8): readonly Weighed[] {
  const place = model.labels.indexOf(label)
  const vector = model.vectors.of(countedOf(text))
  const weightAt = new Map(Array.from(vector.places, (at, index) => [at, vector.weights[index] ?? 0]))
  const mean = (feature: number) =>
    model.labels.reduce((sum, _, at) => sum + weightOf(model.lines, feature, at), 0) / model.labels.length
  const weighed = new Map<string, number>()
  // Sounds repeat what characters said, in letters that nobody typed.
  for (const [block, features] of featuresOf(text).slice(0, 3).entries())
    for (const feature of new Set(features)) {
      const at = model.vectors.placeOf(numberOf(block, feature))
      if (at === undefined) continue
      const weight = (weightAt.get(at) ?? 0) * (weightOf(model.lines, at, place) - mean(at))
      weighed.set(feature, (weighed.get(feature) ?? 0) + weight)
    }
  return reasonsOf(weighed, most)
}
