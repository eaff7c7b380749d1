import { Fault } from '../foundation/index.ts'
import type { IncidentChange, IncidentEvent, IncidentView, NewIncident, PublicIncident } from './api.ts'

/** An incident as it is kept, without who is affected. */
export type Incident = Omit<IncidentView, 'state' | 'affected' | 'endsSoon'>

/** Longer than repairs take that anybody can foresee; a text that outlives its cause misleads every caller. */
const longestMs = 7 * 24 * 60 * 60_000

type District = { readonly name: string; readonly streets: readonly string[] }

export function stateOf({ fromMs, untilMs, endedAtMs }: Incident, nowMs: number): IncidentView['state'] {
  if (endedAtMs !== undefined || nowMs >= untilMs) return 'over'
  return nowMs < fromMs ? 'coming' : 'current'
}

/** Those that are now, the newest first. */
export const currentOf = (incidents: readonly Incident[], nowMs: number): readonly Incident[] =>
  incidents
    .filter(incident => stateOf(incident, nowMs) === 'current')
    .sort((one, other) => other.madeAtMs - one.madeAtMs || other.id.localeCompare(one.id))

/**
 * Checks what somebody wants to make known.
 * @param districts of the city, none where its file names none: then any words will do
 * @returns its times
 * @throws Fault that says what is wrong
 */
export function checkIncident(
  { area, fromMs: begins, untilMs }: NewIncident,
  nowMs: number,
  districts: readonly District[],
): { readonly fromMs: number; readonly untilMs: number } {
  const fromMs = begins ?? nowMs
  const when = (expected: string) =>
    new Fault({ code: 'incident-times-wrong', place: 'body.untilMs', found: shown(untilMs), expected })
  if (!Number.isFinite(untilMs) || untilMs <= nowMs) throw when(`a time to come, after ${shown(nowMs)}`)
  if (untilMs <= fromMs) throw when(`a time after it begins, ${shown(fromMs)}`)
  if (untilMs - nowMs > longestMs)
    throw when('a time within seven days: an incident that lasts is made known anew')
  checkArea(area, districts)
  return { fromMs, untilMs }
}

function checkArea({ district, street }: NewIncident['area'], districts: readonly District[]): void {
  if (districts.length === 0) return
  const unknown = (name: 'district' | 'street', found: string, known: readonly string[]) =>
    new Fault({
      code: 'incident-area-unknown',
      place: `body.area.${name}`,
      found: JSON.stringify(found),
      expected: `one of ${known.join(', ')}; other words stand in "place"`,
    })
  const its = districts.find(({ name }) => name === district)
  if (district !== undefined && !its)
    throw unknown(
      'district',
      district,
      districts.map(({ name }) => name),
    )
  const streets = (its ? [its] : districts).flatMap(one => one.streets)
  if (street !== undefined && streets.length > 0 && !streets.includes(street))
    throw unknown('street', street, streets)
}

/** `2026-03-11T10:00:00.000Z`; a number that is no time as it was given. */
const shown = (atMs: number) => (Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : String(atMs))

/** DESIGN: time enough to ask whoever repairs it. */
const soonMs = 15 * 60_000

export function viewOf(incident: Incident, affected: number, nowMs: number): IncidentView {
  const state = stateOf(incident, nowMs)
  return {
    ...incident,
    state,
    endsSoon: state === 'current' && incident.untilMs - nowMs <= soonMs,
    affected,
  }
}

/**
 * What becomes of an incident that goes on or comes.
 * @returns the incident as it is then, and what is written down; no event where nothing is another
 * @throws Fault `incident-times-wrong`, `incident-area-unknown`
 */
export function changed(
  incident: Incident,
  change: IncidentChange,
  nowMs: number,
  districts: readonly District[],
): { readonly incident: Incident; readonly event?: Pick<IncidentEvent, 'kind' | 'before'> } {
  const { words = incident.words, kind = incident.kind, area = incident.area } = change
  const { untilMs = incident.untilMs } = change
  const next = { ...incident, words, kind, area, untilMs }
  // The seven days are from now on: one that lasts is prolonged by somebody who has looked again.
  checkIncident(next, nowMs, districts)
  const before = {
    words: isSame(words, incident.words) ? undefined : incident.words,
    kind: kind === incident.kind ? undefined : incident.kind,
    area: isSame(area, incident.area) ? undefined : incident.area,
    untilMs: untilMs === incident.untilMs ? undefined : incident.untilMs,
  }
  if (Object.values(before).every(one => one === undefined)) return { incident }
  const isLonger = untilMs > incident.untilMs
  const isTime = before.untilMs !== undefined && Object.values(before).filter(Boolean).length === 1
  return {
    incident: next,
    event: { kind: isTime ? (isLonger ? 'prolonged' : 'shortened') : 'changed', before },
  }
}

/** The same fields with the same words, whatever their order: a row gives them back in its own. */
const isSame = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every(key => one[key] === other[key])

export const publicOf = ({ id, words, kind, area, fromMs, untilMs }: Incident): PublicIncident => ({
  id,
  words,
  kind,
  area,
  fromMs,
  untilMs,
})

/** What a caller who speaks this language is told; undefined where there are no words for it. */
export function wordsIn({ words }: Pick<Incident, 'words'>, language: string): string | undefined {
  // Whoever hears any kind of Chinese understands the Mandarin words.
  const isChinese = ['zh', 'yue', 'nan', 'wuu', 'hak', 'cmn'].includes(language.split('-')[0] ?? '')
  return isChinese ? words['zh-CN'] : language.startsWith('en') ? words.en : undefined
}
