import { doubtBelow, type Judged, sharesOf, temperatureFor } from './calibration.ts'
import { checkLabels, type Example } from './examples.ts'
import type { AnsweredText } from './measures.ts'
import type { Model } from './model.ts'
import { createPacker, mostFeatures, type PackedLines, scoresBy } from './pack.ts'
import { createRandom, shuffle } from './random.ts'
import { foundBy } from './suggestion.ts'
import { createLearner, lanes } from './svm.ts'
import { type Counted, countedOf, createVectors, learnVocabulary, type Vectors } from './vocabulary.ts'

export type LearnOptions = {
  readonly seed: number
  /** What an error costs the learner. */
  readonly cost: number
}

/**
 * So many texts are held out to learn how sure the model may be, if that is between a tenth and a fifth of them; then all
 * of it is learnt.
 */
const heldOut = 500

/**
 * @throws FaultList `label-alone`, `example-invalid`
 * @returns the model, and what it answered to the texts held out before it had seen them
 */
export function learn(
  examples: readonly Example[],
  path: string,
  { seed, cost }: LearnOptions,
): { readonly model: Model; readonly trial: readonly AnsweredText[] } {
  const labels = checkLabels(examples, path)
  const places = new Map(labels.map((label, at) => [label, at]))
  const labelOf = Int32Array.from(examples, ({ label }) => places.get(label) ?? 0)
  const counted = examples.map(countedOf)
  const held = heldOutOf(labelOf, labels.length, seed)
  const { vectors, judged, lines } = fit(counted, labelOf, labels.length, held, { seed, cost })
  const temperature = temperatureFor(judged)
  const answers = judged.map(({ scores, label }) => ({
    label: labels[label] ?? '',
    found: foundBy(labels, sharesOf(scores, temperature)),
  }))
  const doubt = doubtBelow(
    answers.map(({ label, found }) => ({ sure: found[0]?.sure ?? 0, right: found[0]?.label === label })),
  )
  const trial = answers.map(answer => ({ ...answer, isUnsure: (answer.found[0]?.sure ?? 0) < doubt }))
  return { model: { labels, vectors, lines, temperature, doubt }, trial }
}

/** The same share of each label, at least one, and never all. */
function heldOutOf(labelOf: Int32Array, labels: number, seed: number): ReadonlySet<number> {
  const random = createRandom(seed)
  const share = Math.min(0.2, Math.max(0.1, heldOut / labelOf.length))
  const held = new Set<number>()
  const byLabel: number[][] = Array.from({ length: labels }, () => [])
  for (const [at, label] of labelOf.entries()) byLabel[label]?.push(at)
  for (const own of byLabel) {
    shuffle(own, random)
    for (const at of own.slice(0, Math.max(1, Math.floor(own.length * share)))) held.add(at)
  }
  return held
}

/**
 * Learns all but the texts held out, judges these as if it had never met their features, and then learns them, too: counted
 * and weighed once, and the second learning begins where the first ended.
 */
function fit(
  counted: readonly (readonly Counted[])[],
  labelOf: Int32Array,
  labels: number,
  held: ReadonlySet<number>,
  options: LearnOptions,
): { readonly vectors: Vectors; readonly judged: readonly Judged[]; readonly lines: PackedLines } {
  const { vocabulary, placesOf } = learnVocabulary(counted, mostFeatures(labels))
  const vectors = createVectors(vocabulary)
  const given = counted.map((one, at) => vectors.of(one, block => placesOf(at, block)))
  const every = Int32Array.from(given, (_, at) => at)
  const first = every.filter(at => !held.has(at))
  const width = vocabulary.numbers.length
  const [tried, whole] = [createPacker(width, labels), createPacker(width, labels)]
  for (let from = 0; from < labels; from += lanes) {
    const count = Math.min(lanes, labels - from)
    const learner = createLearner(given, labelOf, { width, from, count }, options)
    tried.add(from, learner.learn(first))
    whole.add(from, learner.learn(every))
  }
  const isKnown = new Uint8Array(width)
  for (const at of first) for (const place of given[at]!.places) isKnown[place] = 1
  const lines = tried.packed()
  const judged = [...held].map(at => ({
    scores: scoresBy(
      lines,
      vectors.of(counted[at]!, block => placesOf(at, block), isKnown),
    ),
    label: labelOf[at]!,
  }))
  return { vectors, judged, lines: whole.packed() }
}
