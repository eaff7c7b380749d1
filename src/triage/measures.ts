import { shareInterval } from '../foundation/index.ts'
import { createRandom } from './random.ts'

/** What was answered to a text of which the label is known. */
export type AnsweredText = {
  readonly label: string
  /** The likeliest, the surest first. */
  readonly found: readonly { readonly label: string; readonly sure: number }[]
  readonly isUnsure: boolean
}

export type Measures = {
  readonly texts: number
  readonly macroF1: number
  /** Within which 95 of 100 such sets of texts would lie. */
  readonly interval: readonly [number, number]
  /** Share of texts whose label is the first, of the first three, of the first five. */
  readonly first: number
  /** Of `first`: within which it lies for 95 of 100 such sets. */
  readonly firstInterval: readonly [number, number]
  readonly firstThree: number
  readonly firstFive: number
  /** Share of "I don't know", and of those the share that was right all the same. */
  readonly unsure: number
  readonly unsureRight: number
  /** By how much being sure differs from being right, over fifteen classes of being sure. */
  readonly calibrationError: number
  /** At least so sure: the share of texts, and of them the share that is right. */
  readonly curve: readonly { readonly sure: number; readonly covered: number; readonly right: number }[]
  readonly labels: readonly LabelMeasures[]
  /** What is taken for what, the commonest first. */
  readonly confusion: readonly { readonly label: string; readonly taken: string; readonly times: number }[]
}

export type LabelMeasures = {
  readonly label: string
  readonly texts: number
  readonly precision: number
  readonly recall: number
  readonly recallInterval: readonly [number, number]
  readonly f1: number
}

const sureness = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
const classes = 15
const samples = 200

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)

export function measure(answers: readonly AnsweredText[]): Measures {
  const isWithin = (most: number) => (answer: AnsweredText) =>
    answer.found.slice(0, most).some(({ label }) => label === answer.label)
  const within = (most: number) => share(answers.filter(isWithin(most)).length, answers.length)
  const unsure = answers.filter(answer => answer.isUnsure)
  const labels = labelMeasures(answers)
  return {
    texts: answers.length,
    macroF1: macroOf(labels),
    interval: intervalOf(answers),
    first: within(1),
    firstInterval: shareInterval(answers.filter(isWithin(1)).length, answers.length),
    firstThree: within(3),
    firstFive: within(5),
    unsure: share(unsure.length, answers.length),
    unsureRight: share(unsure.filter(isWithin(1)).length, unsure.length),
    calibrationError: calibrationError(answers),
    curve: sureness.map(sure => {
      const covered = answers.filter(({ found }) => (found[0]?.sure ?? 0) >= sure)
      return {
        sure,
        covered: share(covered.length, answers.length),
        right: share(covered.filter(isWithin(1)).length, covered.length),
      }
    }),
    labels,
    confusion: confusionOf(answers),
  }
}

/** Of labels that the texts have: what was answered beside them counts against the labels that it was answered for. */
function labelMeasures(answers: readonly AnsweredText[]): readonly LabelMeasures[] {
  const counts = new Map<string, { texts: number; taken: number; right: number }>()
  const countOf = (label: string) => {
    const count = counts.get(label) ?? { texts: 0, taken: 0, right: 0 }
    counts.set(label, count)
    return count
  }
  for (const { label, found } of answers) {
    const taken = found[0]?.label
    countOf(label).texts++
    if (taken !== undefined) countOf(taken).taken++
    if (taken === label) countOf(label).right++
  }
  return [...counts]
    .filter(([, { texts }]) => texts > 0)
    .map(([label, { texts, taken, right }]) => {
      const [precision, recall] = [share(right, taken), share(right, texts)]
      return {
        label,
        texts,
        precision,
        recall,
        recallInterval: shareInterval(right, texts),
        f1: share(2 * precision * recall, precision + recall),
      }
    })
    .toSorted((one, other) => other.texts - one.texts)
}

const macroOf = (labels: readonly LabelMeasures[]) =>
  share(
    labels.reduce((sum, { f1 }) => sum + f1, 0),
    labels.length,
  )

function intervalOf(answers: readonly AnsweredText[]): readonly [number, number] {
  const random = createRandom(1)
  const drawn = Array.from({ length: samples }, () =>
    macroOf(labelMeasures(answers.map(() => answers[Math.floor(random() * answers.length)]!))),
  ).toSorted((one, other) => one - other)
  return [drawn[Math.floor(samples * 0.025)] ?? 0, drawn[Math.floor(samples * 0.975)] ?? 0]
}

function calibrationError(answers: readonly AnsweredText[]): number {
  const bins = Array.from({ length: classes }, () => ({ sure: 0, right: 0 }))
  for (const { label, found } of answers) {
    const [best] = found
    const bin = bins[Math.min(classes - 1, Math.floor((best?.sure ?? 0) * classes))]!
    bin.sure += best?.sure ?? 0
    if (best?.label === label) bin.right++
  }
  return share(
    bins.reduce((sum, { sure, right }) => sum + Math.abs(sure - right), 0),
    answers.length,
  )
}

const mostConfused = 20

function confusionOf(answers: readonly AnsweredText[]): Measures['confusion'] {
  const pairs = new Map<string, { label: string; taken: string; times: number }>()
  for (const { label, found } of answers) {
    const taken = found[0]?.label ?? ''
    if (taken === label) continue
    const pair = pairs.get(`${label}\n${taken}`) ?? { label, taken, times: 0 }
    pair.times++
    pairs.set(`${label}\n${taken}`, pair)
  }
  return [...pairs.values()].toSorted((one, other) => other.times - one.times).slice(0, mostConfused)
}
