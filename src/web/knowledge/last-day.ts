import { placeTime } from '../../city/place-time.ts'
import { cityZone } from '../city.ts'

/** The last day on which something holds that ends at this moment, as 2026-12-31. */
export const lastDay = (untilMs: number): string => placeTime(untilMs - 1, cityZone).date

/** A moment by the city's clocks, as 2026-12-31 09:05. */
export function minuteHere(atMs: number): string {
  const { date, minute } = placeTime(atMs, cityZone)
  const two = (count: number) => String(count).padStart(2, '0')
  return `${date} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
