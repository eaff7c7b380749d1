import { type City, createCalendar } from '../city/index.ts'
import type { Clock } from '../foundation/index.ts'
import type { CallRecords } from '../telephony/index.ts'
import type { OwnForecast, Plan, PlanQuery } from './api.ts'
import { type Days, daysBefore } from './days.ts'
import { checkNumber, planFault } from './faults.ts'
import { type AskedHalfHour, type Expected, forecastOf } from './forecast.ts'
import { halfHoursBetween, halfOf } from './half-hour.ts'
import { busiestOf, planHalfHour } from './plan.ts'
import { thereByCalls } from './there.ts'

export type Planning = {
  /**
   * What a kind of day takes, by half-hour, and who was there.
   * @param own a forecast in place of the calls that history has
   * @throws Fault `plan-invalid`
   */
  plan(query: PlanQuery, own?: OwnForecast): Promise<Plan>
}

export type PlanningDependencies = {
  readonly calls: Pick<CallRecords, 'askedIn'>
  readonly city: City
  readonly clock: Clock
  /** That a call takes its seat once it is over. */
  readonly wrapUpSeconds: number
}

export function openPlanning({ calls, city, clock, wrapUpSeconds }: PlanningDependencies): Planning {
  const calendar = createCalendar(city)

  async function historyOf(
    { fromMs, untilMs }: Days,
    soonSeconds: number,
  ): Promise<readonly AskedHalfHour[]> {
    const halfHours = halfHoursBetween(calendar, fromMs, untilMs)
    const startsMs = halfHours.map(({ startMs }) => startMs)
    const found = await calls.askedIn({ startsMs, untilMs, soonMs: soonSeconds * 1000 })
    const byStretch = new Map(found.map(({ stretch, ...figures }) => [stretch, figures]))
    return halfHours.map((one, stretch) => ({ ...one, ...(byStretch.get(stretch) ?? nobody) }))
  }

  return {
    async plan(query, own) {
      const { day, growth, shrinkage, weeks } = query
      const { target = city.answerTarget, soonSeconds = city.soonSeconds } = query
      checkNumber('target', target, { from: 0.01, to: 0.9999 })
      const days = daysBefore(query.until, weeks * 7, { nowMs: clock.now(), timeZone: city.timeZone })
      const history = await historyOf(days, soonSeconds)
      const forecast = forecastOf(history, { day, wrapUpSeconds })
      const there = forecast.days === 0 ? [] : thereByCalls(history, day)
      const expected = own
        ? expectedBy(own, forecast.halfHours)
        : forecast.days === 0
          ? []
          : forecast.halfHours
      const halfHours = expected.map(one => {
        const { handlingSeconds = one.handlingSeconds, patienceSeconds = one.patienceSeconds } = query
        const asked = { ...one, calls: one.calls * growth, handlingSeconds, patienceSeconds }
        return planHalfHour(asked, there[one.half], { target, soonSeconds, shrinkage })
      })
      return {
        day,
        from: own ? 'own' : 'history',
        days: forecast.days,
        since: days.since,
        until: days.until,
        target,
        soonSeconds,
        shrinkage,
        growth,
        thereBy: 'calls',
        halfHours,
        most: busiestOf(halfHours),
      }
    },
  }
}

const nobody = { asked: 0, soon: 0, answered: 0, abandoned: 0, talkedSeconds: 0, waitedSeconds: 0 }

/** Calls by one's own forecast; what it does not say of handling and patience, history does. */
function expectedBy({ halfHours }: OwnForecast, history: readonly Expected[]): readonly Expected[] {
  const own = new Map(
    halfHours.map(one => {
      const half = halfOf(one.start)
      if (half === undefined) throw planFault('start', one.start, 'a half-hour, as 08:30')
      return [half, one]
    }),
  )
  return history.map(known => {
    const { calls = 0, handlingSeconds, patienceSeconds } = own.get(known.half) ?? {}
    return {
      ...known,
      calls,
      handlingSeconds: handlingSeconds ?? known.handlingSeconds,
      patienceSeconds: patienceSeconds ?? known.patienceSeconds,
    }
  })
}
