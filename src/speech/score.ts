import { Fault } from '../foundation/index.ts'
import type { SpeechFaultCode } from './fault-kinds.ts'

/** How closely a recognizer's text matches what was said. */
export type Score = {
  /** The reference's length in characters, without punctuation and with numbers as digits. */
  readonly characters: number
  readonly substituted: number
  readonly deleted: number
  readonly inserted: number
  /** (substituted + deleted + inserted) / characters; above 1 if more was invented than said. */
  readonly cer: number
  /** Errors by severity for a reader; a run of wrong characters is one error. */
  readonly errors: Readonly<Record<Grade, number>>
  /**
   * (N - R) / N of the NER model, 0 to 1, with N the hypothesis's characters and errors weighted by severity. A machine
   * cannot tell edition errors from recognition errors, so all count as recognition errors.
   */
  readonly ner: number
  readonly numbers: Critical
  readonly negations: Critical
  readonly names: Critical
}

export type Grade = 'minor' | 'standard' | 'serious'

/** Words that change a sentence's meaning if they are wrong: how many were said, were right, and were invented. */
export type Critical = { readonly said: number; readonly right: number; readonly madeUp: number }

const weights: Readonly<Record<Grade, number>> = { minor: 0.25, standard: 0.5, serious: 1 }
const negation = /[不没未无别勿莫非]/gu
const filler = /^[啊呃嗯哦噢吧呢嘛呀哎诶的了]+$/u
/** The alignment's memory grows with the product of both lengths. Ten thousand characters are 40 minutes of speech. */
const mostCharacters = 10_000

/**
 * @param names people and places that must be right
 * @throws Fault `text-too-long`, or `text-empty` for a reference without characters
 */
export function scoreText(reference: string, hypothesis: string, names: readonly string[] = []): Score {
  const said = [...plainText(reference)]
  const shown = [...plainText(hypothesis)]
  if (said.length === 0) throw textFault('text-empty', 'nothing', 'words that were said')
  for (const { length } of [said, shown])
    if (length > mostCharacters)
      throw textFault('text-too-long', `${length} characters`, `at most ${mostCharacters}`)

  const steps = align(said, shown)
  const saidRight = new Set(steps.flatMap(step => (step.kind === 'same' ? [step.said] : [])))
  const shownRight = new Set(steps.flatMap(step => (step.kind === 'same' ? [step.shown] : [])))
  /** The places in the reference before which something was inserted. */
  const intruded = new Set(steps.flatMap(step => (step.kind === 'inserted' ? [step.said] : [])))
  const isWhole = ({ from, to }: Span) => {
    for (let at = from; at < to; at++) if (!saidRight.has(at) || (at > from && intruded.has(at))) return false
    return true
  }
  const count = (patterns: readonly RegExp[], edge: (span: Span) => boolean = () => true): Critical => {
    const spans = patterns.flatMap(pattern => spansOf(said, pattern))
    const right = spans.filter(span => isWhole(span) && edge(span)).length
    const inShown = patterns.flatMap(pattern => spansOf(shown, pattern))
    const madeUp = inShown.filter(({ from, to }) => !anyBetween(from, to, at => shownRight.has(at))).length
    return { said: spans.length, right, madeUp }
  }
  const namePatterns = [...new Set(names.map(plainText).filter(Boolean))].map(name =>
    RegExp(escaped(name), 'gu'),
  )
  const critical = [/\d+/gu, negation, ...namePatterns]
  const saidCritical = places(said, critical)
  const shownCritical = places(shown, critical)

  const tally = (kind: Step['kind']) => steps.filter(step => step.kind === kind).length
  const [substituted, deleted, inserted] = [tally('substituted'), tally('deleted'), tally('inserted')]
  const errors = { minor: 0, standard: 0, serious: 0 }
  for (const run of runsOfErrors(steps)) {
    const texts = run.map(step => [
      step.kind === 'inserted' ? '' : said[step.said],
      step.kind === 'deleted' ? '' : shown[step.shown],
    ])
    const isSerious = run.some(
      step =>
        (step.kind !== 'inserted' && saidCritical.has(step.said)) ||
        (step.kind !== 'deleted' && shownCritical.has(step.shown)),
    )
    errors[isSerious ? 'serious' : filler.test(texts.flat().join('')) ? 'minor' : 'standard']++
  }
  const cost = (Object.keys(weights) as Grade[]).reduce(
    (sum, grade) => sum + weights[grade] * errors[grade],
    0,
  )
  // An extra digit at either end makes it another number.
  const numberEnds = ({ from, to }: Span) =>
    !intrudesDigit(steps, shown, from) && !intrudesDigit(steps, shown, to)
  return {
    characters: said.length,
    substituted,
    deleted,
    inserted,
    errors,
    cer: (substituted + deleted + inserted) / said.length,
    ner: shown.length === 0 ? 0 : Math.max(0, (shown.length - cost) / shown.length),
    numbers: count([/\d+/gu], numberEnds),
    negations: count([negation]),
    names: count(namePatterns),
  }
}

/** Normalizes a text: lower case, no punctuation or spaces, every number as digits (三百二十号 becomes 320号). */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[零〇一二两三四五六七八九幺十百千万]+/gu, inDigits)
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
}

const digits = '零一二三四五六七八九'
const powers: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

function inDigits(numeral: string): string {
  const plain = numeral.replaceAll('〇', '零').replaceAll('幺', '一').replaceAll('两', '二')
  if (!/[十百千万]/u.test(plain)) return [...plain].map(digit => digits.indexOf(digit)).join('')
  let total = 0
  let section = 0
  let digit = 0
  for (const character of plain) {
    const power = powers[character]
    if (power) {
      section += (digit || 1) * power
      digit = 0
    } else if (character === '万') {
      total += (section + digit || 1) * 10_000
      section = digit = 0
    } else digit = digits.indexOf(character)
  }
  return String(total + section + digit)
}

type Step = {
  readonly kind: 'same' | 'substituted' | 'deleted' | 'inserted'
  readonly said: number
  readonly shown: number
}
type Span = { readonly from: number; readonly to: number }

/** The cheapest alignment of the two texts (Levenshtein), in order. */
function align(said: readonly string[], shown: readonly string[]): readonly Step[] {
  const width = shown.length + 1
  const ways = new Uint8Array((said.length + 1) * width)
  let above = Uint16Array.from({ length: width }, (_, at) => at)
  for (let row = 1; row <= said.length; row++) {
    const here = new Uint16Array(width)
    here[0] = row
    for (let column = 1; column < width; column++) {
      const across = above[column - 1]! + (said[row - 1] === shown[column - 1] ? 0 : 1)
      const down = above[column]! + 1
      const right = here[column - 1]! + 1
      const least = Math.min(across, down, right)
      here[column] = least
      ways[row * width + column] = least === across ? 0 : least === down ? 1 : 2
    }
    above = here
  }
  const steps: Step[] = []
  let row = said.length
  let column = shown.length
  while (row > 0 || column > 0) {
    const way = row === 0 ? 2 : column === 0 ? 1 : ways[row * width + column]
    if (way === 0) {
      const kind = said[--row] === shown[--column] ? 'same' : 'substituted'
      steps.push({ kind, said: row, shown: column })
    } else if (way === 1) steps.push({ kind: 'deleted', said: --row, shown: column })
    else steps.push({ kind: 'inserted', said: row, shown: --column })
  }
  return steps.reverse()
}

function runsOfErrors(steps: readonly Step[]): readonly (readonly Step[])[] {
  const runs: Step[][] = []
  let isWithin = false
  for (const step of steps) {
    const isError = step.kind !== 'same'
    if (isError && isWithin) runs.at(-1)?.push(step)
    else if (isError) runs.push([step])
    isWithin = isError
  }
  return runs
}

const intrudesDigit = (steps: readonly Step[], shown: readonly string[], before: number) =>
  steps.some(step => step.kind === 'inserted' && step.said === before && /\d/.test(shown[step.shown] ?? ''))

/** Matches as spans in characters, as in the alignment, while the pattern counts UTF-16 units. */
function spansOf(text: readonly string[], pattern: RegExp): readonly Span[] {
  const whole = text.join('')
  const charactersIn = (units: number) => [...whole.slice(0, units)].length
  return [...whole.matchAll(pattern)].map(({ index, 0: found }) => ({
    from: charactersIn(index),
    to: charactersIn(index + found.length),
  }))
}

function places(text: readonly string[], patterns: readonly RegExp[]): ReadonlySet<number> {
  const spans = patterns.flatMap(pattern => spansOf(text, pattern))
  return new Set(spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)))
}

const anyBetween = (from: number, to: number, is: (at: number) => boolean) => {
  for (let at = from; at < to; at++) if (is(at)) return true
  return false
}
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const textFault = (code: SpeechFaultCode, found: string, expected: string) =>
  new Fault({ code, place: 'score', found, expected })
