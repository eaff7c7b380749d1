import { placeTime } from '../../city/place-time.ts'
import { cityZone } from '../city.ts'

/** The last day on which something holds that ends at this moment, as 2026-12-31. */
export const lastDay = (untilMs: number): string => placeTime(untilMs - 1, cityZone).date
