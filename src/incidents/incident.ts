import { Fault } from '../foundation/index.ts'
import type { IncidentChange, IncidentEvent, IncidentView, NewIncident, PublicIncident } from './api.ts'

/** An incident as stored, without those affected. */
export type Incident = Omit<IncidentView, 'state' | 'affected' | 'endsSoon'>

/** Longer than any foreseeable repair. A text that outlives its cause misleads every caller. */
const longestMs = 7 * 24 * 60 * 60_000

type District = { readonly name: string; readonly streets: readonly string[] }

export function stateOf({ fromMs, untilMs, endedAtMs }: Incident, nowMs: number): IncidentView['state'] {
  if (endedAtMs !== undefined || nowMs >= untilMs) return 'over'
  return nowMs < fromMs ? 'coming' : 'current'
}

/** The current incidents, newest first. */
export const currentOf = (incidents: readonly Incident[], nowMs: number): readonly Incident[] =>
  incidents
    .filter(incident => stateOf(incident, nowMs) === 'current')
    .sort((one, other) => other.madeAtMs - one.madeAtMs || other.id.localeCompare(one.id))

/**
 * Checks a new incident.
 * @param districts of the city; if there are none, any place is accepted
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

/** A time as `2026-03-11T10:00:00.000Z`; a number out of range is shown as it is. */
const shown = (atMs: number) => (Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : String(atMs))

/** An incident ends soon within this time, which is long enough to ask the people repairing it. */
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
 * Changes a present or coming incident.
 * @returns the changed incident and the event to store; no event if nothing changed
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
  // The limit of seven days counts from now: an incident that lasts is prolonged by somebody who checked it again.
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

/** Whether two records are equal, whatever the order of their fields: the database returns its own order. */
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

/** The words for a caller of this language; undefined if there are none. */
export function wordsIn({ words }: Pick<Incident, 'words'>, language: string): string | undefined {
  // Callers of every Chinese language understand the Mandarin words.
  const isChinese = ['zh', 'yue', 'nan', 'wuu', 'hak', 'cmn'].includes(language.split('-')[0] ?? '')
  return isChinese ? words['zh-CN'] : language.startsWith('en') ? words.en : undefined
}
