import { type Calendar, isOpen, type OpeningHours } from '../city/index.ts'

/** Which called numbers lead to which flow. */
export type Entrances = {
  readonly hotline: readonly string[]
  readonly elder: readonly string[]
  /** Further numbers, each with its own flow. */
  readonly others: readonly (readonly [number: string, flow: string])[]
}

/** The city's opening hours and calendar. */
type CityTimes = { readonly openingHours: OpeningHours; readonly calendar: Calendar }

/**
 * The flow that a call begins in; undefined for a number that is not ours. A number with its own flow leads there at any
 * time. The hotline and the elders' line follow the city's opening hours.
 * @param atMs time of the INVITE, so that somebody who rang before closing time is still served
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
