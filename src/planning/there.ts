import type { DayKind } from '../city/index.ts'
import type { There } from './api.ts'
import { type AskedHalfHour, likeDays, median } from './forecast.ts'
import { halfHourSeconds, halvesOfDay } from './half-hour.ts'

/** By half-hour of the day: who was there on days like it. Calls alone tell who talked. */
export function thereByCalls(history: readonly AskedHalfHour[], day: DayKind): readonly There[] {
  const like = likeDays(history, day)
  return Array.from({ length: halvesOfDay }, (_, half) => ({
    talking: median(
      like.filter(one => one.half === half).map(({ talkedSeconds }) => talkedSeconds / halfHourSeconds),
    ),
  }))
}
