import type { Offering, ProposedField } from '../drafts/reading/api.ts'
import { clauseAround, isDenied, isDeniedAfter } from '../triage/index.ts'
import type { DraftedAnswer, ReadingAnswer } from './asking.ts'
import type { DropReason } from './figures.ts'
import type { Masked, MaskKind } from './masking.ts'
import { digitsIn, findWords, isBorneOut } from './words.ts'

/** What of an answer holds against the words that it was given; the rest is dropped, each with why. */

export type SaidLine = { readonly id: number; readonly text: string }
type Dropped = readonly DropReason[]

/** Of the order's own form: an order that is longer is read by nobody. */
export const longestSummary = 120

/** A street and its district are chosen from a list, and read by the house itself. */
const offered: readonly ProposedField[] = [
  'place',
  'phone',
  'order',
  'plate',
  'amount',
  'temperature',
  'since',
  'often',
  'affected',
  'elder',
  'keyword',
]
/** These are whole or blank: one placeholder, of this kind. */
const wholes: Readonly<Partial<Record<ProposedField, MaskKind>>> = {
  phone: '电话',
  order: '单号',
  plate: '车牌',
}

export function checkReading(
  { summary, fields }: ReadingAnswer,
  lines: readonly SaidLine[],
  masked: Masked,
): { readonly proposals: readonly Offering[]; readonly dropped: Dropped } {
  const dropped: DropReason[] = []
  const proposals: Offering[] = []
  for (const given of fields) {
    const found = fieldOf(given, lines, masked)
    if (typeof found === 'string') dropped.push(found)
    else proposals.push(found)
  }
  const kept: { readonly text: string; readonly at: Placed }[] = []
  for (const part of summary) {
    const text = masked
      .restore(part.text)
      .trim()
      .replace(/[，。；,;.]+$/, '')
    const places = part.quotes.map(quote => placeOf(masked.restore(quote), lines))
    const [first] = places
    const isSaid = first !== undefined && places.every(place => place !== undefined)
    if (!isSaid) dropped.push('not-said')
    else if (!isBorneOut(text, places.map(place => clausesAt(place, lines)).join('\n')))
      dropped.push('not-borne-out')
    else if ([...kept, { text }].map(one => one.text).join('；').length > longestSummary)
      dropped.push('too-long')
    else kept.push({ text, at: first })
  }
  const [first] = kept
  if (first)
    proposals.unshift({
      field: 'summary',
      value: kept.map(({ text }) => text).join('；'),
      ...first.at,
      isDrafted: true,
    })
  return { proposals, dropped }
}

type Placed = { readonly line: number; readonly from: number; readonly words: string }

function placeOf(words: string, lines: readonly SaidLine[]): Placed | undefined {
  for (const { id, text } of lines) {
    const found = findWords(text, words)
    if (found) return { line: id, from: found.from, words: text.slice(found.from, found.to) }
  }
  return undefined
}

/** The words with what stands before and after them in the same breath: a "not" that was left out of a quote still counts. */
function clausesAt(place: Placed | undefined, lines: readonly SaidLine[]): string {
  const text = lines.find(({ id }) => id === place?.line)?.text ?? ''
  if (!place) return ''
  const to = place.from + place.words.length
  const { before, after } = clauseAround(text, place.from, to)
  return `${before}${place.words}${after}`
}

function fieldOf(
  given: ReadingAnswer['fields'][number],
  lines: readonly SaidLine[],
  masked: Masked,
): Offering | DropReason {
  const field = offered.find(name => name === given.field)
  if (!field) return 'unknown-field'
  const place = placeOf(masked.restore(given.quote), lines)
  if (!place) return 'not-said'
  const value = masked.restore(given.value).trim()
  const inside = findWords(place.words, value)
  if (!inside) return 'not-borne-out'
  const whole = wholes[field]
  const single = masked.single(given.value)
  if (whole && single?.kind !== whole) return 'not-borne-out'
  const text = lines.find(({ id }) => id === place.line)?.text ?? ''
  const from = place.from + inside.from
  const to = place.from + inside.to
  const { before, after } = clauseAround(text, from, to)
  if (isDenied(before) || isDeniedAfter(after)) return 'denied'
  const isNumber = field === 'phone' || field === 'order'
  return { ...place, field, value: isNumber ? digitsIn(value) : value, isDrafted: true }
}

type Entry = { readonly question: string; readonly text: string }

export function checkAnswer(
  { sentences }: DraftedAnswer,
  entries: readonly Entry[],
  masked: Masked,
): {
  readonly sentences: readonly { readonly text: string; readonly entry: number }[]
  readonly dropped: Dropped
} {
  const dropped: DropReason[] = []
  const kept = sentences.filter(({ text, entry: number, quote }) => {
    const entry = entries[number - 1]
    const why = entry === undefined ? 'no-entry' : whyNot(masked.restore(text), masked.restore(quote), entry)
    if (why) dropped.push(why)
    return why === undefined
  })
  return {
    sentences: kept.map(({ text, entry }) => ({ text: masked.restore(text).trim(), entry })),
    dropped,
  }
}

function whyNot(text: string, quote: string, entry: Entry): DropReason | undefined {
  const found = findWords(entry.text, quote)
  if (!found) return 'not-said'
  const { before, after } = clauseAround(entry.text, found.from, found.to)
  const basis = `${before}${entry.text.slice(found.from, found.to)}${after}`
  return isBorneOut(text, basis) ? undefined : 'not-borne-out'
}
