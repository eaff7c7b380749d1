import { doubtBelow, type Judged, sharesOf, temperatureFor } from './calibration.ts'
import { checkLabels, type Example } from './examples.ts'
import type { AnsweredText } from './measures.ts'
import { type Model, scoresOf } from './model.ts'
import { mostFeatures, packLines } from './pack.ts'
import { createRandom, shuffle } from './random.ts'
import { foundBy } from './suggestion.ts'
import { learnLines } from './svm.ts'
import { type Counted, countedOf, createVectors, learnVocabulary } from './vocabulary.ts'

export type LearnOptions = {
  readonly seed: number
  /** What an error costs the learner. */
  readonly cost: number
}

/** One fifth is held out to learn how sure the model may be; then all of it is learnt. */
const heldOut = 0.2
/** Labels learnt at once: 16 fill a line of the processor's cache. */
const atOnce = 16

/**
 * @throws FaultList `label-alone`, `example-invalid`
 * @returns the model, and what it answered to the fifth that it had not seen
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
  const tried = fit(counted, labelOf, labels, { seed, cost }, at => !held.has(at))
  const judged = [...held].map(
    (at): Judged => ({ scores: scoresOf(tried, counted[at]!), label: labelOf[at] ?? 0 }),
  )
  const temperature = temperatureFor(judged)
  const answers = judged.map(({ scores, label }) => ({
    label: labels[label] ?? '',
    found: foundBy(labels, sharesOf(scores, temperature)),
  }))
  const doubt = doubtBelow(
    answers.map(({ label, found }) => ({ sure: found[0]?.sure ?? 0, right: found[0]?.label === label })),
  )
  const trial = answers.map(answer => ({ ...answer, isUnsure: (answer.found[0]?.sure ?? 0) < doubt }))
  const whole = fit(counted, labelOf, labels, { seed, cost }, () => true)
  return { model: { ...whole, temperature, doubt }, trial }
}

/** A fifth of each label, at least one, and never all. */
function heldOutOf(labelOf: Int32Array, labels: number, seed: number): ReadonlySet<number> {
  const random = createRandom(seed)
  const held = new Set<number>()
  const byLabel: number[][] = Array.from({ length: labels }, () => [])
  for (const [at, label] of labelOf.entries()) byLabel[label]?.push(at)
  for (const own of byLabel) {
    shuffle(own, random)
    for (const at of own.slice(0, Math.max(1, Math.floor(own.length * heldOut)))) held.add(at)
  }
  return held
}

function fit(
  counted: readonly (readonly Counted[])[],
  labelOf: Int32Array,
  labels: readonly string[],
  options: LearnOptions,
  isLearnt: (at: number) => boolean,
): Model {
  const learnt = counted.flatMap((_, at) => (isLearnt(at) ? [at] : []))
  const vocabulary = learnVocabulary(
    learnt.map(at => counted[at]!),
    mostFeatures(labels.length),
  )
  const vectors = createVectors(vocabulary)
  const given = learnt.map(at => vectors.of(counted[at]!))
  const own = Int32Array.from(learnt, at => labelOf[at] ?? 0)
  const width = vocabulary.numbers.length
  const packed = packLines(width, labels.length, add => {
    for (let from = 0; from < labels.length; from += atOnce) {
      const count = Math.min(atOnce, labels.length - from)
      add(from, learnLines(given, own, { width, from, count }, options))
    }
  })
  return { labels, vectors, lines: packed, temperature: 1, doubt: 0 }
}
