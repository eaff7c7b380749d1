import { instantOf, placeTime } from '../city/index.ts'
import { Fault } from '../foundation/index.ts'
import type { KnowledgeContent, KnowledgeDiff } from './api.ts'

/** What an entry is checked against: the units that exist, the city's districts and its time zone. */
export type KnowledgeGround = {
  readonly units: ReadonlyMap<string, unknown>
  /** Empty when the city's file names none; then any words are accepted. */
  readonly districts: readonly string[]
  readonly timeZone: string
}

/** A fault in an entry's content, with the name of the field. */
export type ContentFault = { readonly field: string; readonly found: string; readonly expected: string }

/** Rules rarely stay the same for longer, so even lasting answers are reviewed again. */
const longestDays = 1_096
const dayMs = 24 * 3_600_000
/**
 * A mobile number of mainland China, or a number as long as an identity number. An answer to everybody holds
 * nobody's number.
 */
const personalNumber = /(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)/

/** Key by which two questions are the same in the same districts, regardless of punctuation, blanks and case. */
export const askedOf = ({ question, districts }: Pick<KnowledgeContent, 'question' | 'districts'>): string =>
  [plainOf(question), ...districts.toSorted()].join(' ')

export const plainOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

/** When it begins, and the moment after its last day; NaN for a day that no calendar has. */
export function timesOf(
  { validFrom, validUntil }: Pick<KnowledgeContent, 'validFrom' | 'validUntil'>,
  timeZone: string,
): { readonly fromMs?: number; readonly untilMs: number } {
  const begins = (day: string) => {
    const atMs = instantOf(day, timeZone)
    // A date such as 31 April would be taken as 1 May.
    return placeTime(atMs + dayMs / 2, timeZone).date === day ? atMs : Number.NaN
  }
  const lastMs = begins(validUntil)
  const untilMs = Number.isNaN(lastMs)
    ? lastMs
    : instantOf(placeTime(lastMs + 1.5 * dayMs, timeZone).date, timeZone)
  return { fromMs: validFrom === undefined ? undefined : begins(validFrom), untilMs }
}

/** @returns all faults; none when it can be kept */
export function faultsOfContent(
  content: KnowledgeContent,
  { units, districts, timeZone }: KnowledgeGround,
  nowMs: number,
): readonly ContentFault[] {
  const { fromMs, untilMs } = timesOf(content, timeZone)
  const faults: ContentFault[] = []
  const is = (field: string, found: string, expected: string) => faults.push({ field, found, expected })
  if (!units.has(content.unit))
    is('unit', JSON.stringify(content.unit), 'the id of a unit of the order rules')
  for (const district of districts.length === 0 ? [] : content.districts)
    if (!districts.includes(district))
      is('districts', JSON.stringify(district), `one of ${districts.join(', ')}`)
  if (Number.isNaN(fromMs)) is('validFrom', content.validFrom ?? '', 'a day of the calendar')
  if (Number.isNaN(untilMs)) is('validUntil', content.validUntil, 'a day of the calendar')
  else if (untilMs <= nowMs) is('validUntil', content.validUntil, 'a day that is not over')
  else if (untilMs <= (fromMs ?? 0)) is('validUntil', content.validUntil, 'no day before validFrom')
  else if (untilMs - Math.max(nowMs, fromMs ?? 0) > longestDays * dayMs)
    is('validUntil', content.validUntil, 'a day within three years: whatever lasts is looked at again')
  // The number itself is not put into the fault, so that it is written down nowhere.
  for (const [field, text] of Object.entries(shownOf(content)))
    if (personalNumber.test(text)) is(field, 'the number of a person', 'an answer to everybody, without one')
  return faults
}

/** @throws Fault `knowledge-unclear` with the first fault */
export function checkContent(content: KnowledgeContent, ground: KnowledgeGround, nowMs: number): void {
  const [first] = faultsOfContent(content, ground, nowMs)
  if (first)
    throw new Fault({
      code: 'knowledge-unclear',
      place: `body.${first.field}`,
      found: first.found,
      expected: first.expected,
    })
}

export const contentFields = [
  'question',
  'wordings',
  'text',
  'conditions',
  'papers',
  'steps',
  'places',
  'hours',
  'law',
  'unit',
  'kinds',
  'districts',
  'validFrom',
  'validUntil',
  'order',
  'example',
] as const satisfies readonly (keyof KnowledgeContent)[]
export type ContentField = (typeof contentFields)[number]

/** Each field as one text, a line per item; empty when there is nothing. */
export const shownOf = (content: KnowledgeContent): Readonly<Record<ContentField, string>> =>
  Object.fromEntries(contentFields.map(field => [field, [content[field] ?? []].flat().join('\n')])) as Record<
    ContentField,
    string
  >

/** The fields in which two contents differ. */
export function diffOf(before: KnowledgeContent, after: KnowledgeContent): KnowledgeDiff {
  const [was, is] = [shownOf(before), shownOf(after)]
  return {
    changes: contentFields.flatMap(field =>
      was[field] === is[field] ? [] : { field, before: was[field], after: is[field] },
    ),
  }
}
