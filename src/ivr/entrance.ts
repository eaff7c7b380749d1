import { type Calendar, isOpen, type OpeningHours } from '../city/index.ts'

/** Which numbers lead where. */
export type Entrances = {
  readonly hotline: readonly string[]
  readonly elder: readonly string[]
  /** Further numbers, each with a flow of its own. */
  readonly others: readonly (readonly [number: string, flow: string])[]
}

/** When a city takes calls. */
type CityTimes = { readonly openingHours: OpeningHours; readonly calendar: Calendar }

/**
 * The flow that a call begins in; undefined for a number that is not ours. A number with a flow of its own leads to it
 * at any time; the hotline and the elders' line are the city's, and go by its hours.
 * @param atMs the instant of the INVITE: a caller who rang before closing time is served as one
 */
export function flowFor(
  called: string,
  atMs: number,
  { hotline, elder, others }: Entrances,
  { openingHours, calendar }: CityTimes,
): string | undefined {
  const own = others.find(([number]) => number === called)
  if (own) return own[1]
  const flow = elder.includes(called) ? 'elder' : hotline.includes(called) ? 'hotline' : undefined
  return flow === undefined || isOpen(calendar(atMs), openingHours) ? flow : 'after-hours'
}
