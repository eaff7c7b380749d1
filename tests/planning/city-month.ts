import { type Calendar, createCalendar, exampleCity, instantOf } from '../../src/city/index.ts'
import type { AskedFigures } from '../../src/telephony/api.ts'

/** Monday, 2 February 2026, 10:00 in Beijing. */
export const nowMs = instantOf('2026-02-02 10:00', exampleCity.timeZone)

/** A city of 20 agents: a morning peak, a smaller one after noon, quiet nights; half as many calls when people are off. */
export const callsOf = (half: number) =>
  Math.round(110 * Math.exp(-(((half - 19) / 4) ** 2)) + 80 * Math.exp(-(((half - 30) / 6) ** 2)) + 4)

/** A month of that city, as the records of calls tell it. */
export function cityMonth(calendar: Calendar = createCalendar(exampleCity)) {
  return {
    async askedIn({ startsMs }: { readonly startsMs: readonly number[] }): Promise<readonly AskedFigures[]> {
      return startsMs.map((startMs, stretch) => {
        const { minute, day } = calendar(startMs)
        const asked = Math.round(callsOf(minute / 30) * (day === 'workday' ? 1 : 0.5))
        const abandoned = Math.round(asked * 0.06)
        const answered = asked - abandoned
        return {
          stretch,
          asked,
          soon: Math.round(asked * 0.85),
          answered,
          abandoned,
          talkedSeconds: answered * 175,
          waitedSeconds: asked * 8,
        }
      })
    },
  }
}
