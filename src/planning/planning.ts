import { setImmediate } from 'node:timers/promises'
import { type City, createCalendar } from '../city/index.ts'
import type { Desk } from '../desk/index.ts'
import type { Clock, Log } from '../foundation/index.ts'
import type { CallRecords } from '../telephony/index.ts'
import type { OwnForecast, Plan, PlanHalfHour, PlanQuery, Shifts } from './api.ts'
import { type Days, dateAfter, daysBefore } from './days.ts'
import { checkNumber, planFault } from './faults.ts'
import { type AskedHalfHour, type Expected, forecastOf } from './forecast.ts'
import { halfHoursBetween, halfOf } from './half-hour.ts'
import { busiestOf, planHalfHour } from './plan.ts'
import { peopleOf } from './shifts.ts'
import { seatsOf, thereOn, wrapUpOf } from './there.ts'
import { createWorking } from './working.ts'

export type Planning = {
  /**
   * The staff that a kind of day needs by half-hour, and who was there.
   * @param own a forecast to use instead of the calls in history
   * @throws Fault `plan-invalid`, `handling-unknown`
   */
  plan(query: PlanQuery, own?: OwnForecast): Promise<Plan>
  /** Who was there when. @param date today when absent. @throws Fault `plan-invalid` */
  shifts(date?: string): Promise<Shifts>
}

export type PlanningDependencies = {
  readonly calls: Pick<CallRecords, 'askedIn' | 'talksOfSeats'>
  readonly desk: Pick<Desk, 'presence' | 'spells'>
  /** Display names of seats and members, by id. */
  readonly names: () => Promise<ReadonlyMap<string, string>>
  readonly city: City
  readonly clock: Clock
  readonly log: Log
  /**
   * Receives a function that predicts how many agents work at a future time, from recent days of the same kind; it returns
   * undefined if that is unknown or not computed yet.
   */
  readonly foresee?: (workingAt: (atMs: number) => number | undefined) => void
  /** The wrap-up time after a call, used if seat states were not recorded. */
  readonly wrapUpSeconds: number
}

/** If only calls show that an agent was there, a gap up to this long between two calls counts as presence. */
const idleMs = 30 * 60_000

export function openPlanning(dependencies: PlanningDependencies): Planning {
  const { calls, desk, names, city, clock } = dependencies
  const calendar = createCalendar(city)
  dependencies.foresee?.(createWorking(dependencies))

  async function historyOf({ fromMs, untilMs }: Days, soonSeconds: number) {
    const halfHours = halfHoursBetween(calendar, fromMs, untilMs)
    const stretches = { startsMs: halfHours.map(({ startMs }) => startMs), untilMs }
    const asked = await calls.askedIn({ ...stretches, soonMs: soonSeconds * 1000 })
    const byStretch = new Map(asked.map(({ stretch, ...figures }) => [stretch, figures]))
    return {
      calls: halfHours.map((one, at): AskedHalfHour => ({ ...one, ...(byStretch.get(at) ?? noCall) })),
      seats: await seatsOf(desk, halfHours, untilMs),
    }
  }

  return {
    async plan(query, own) {
      const { day, growth, shrinkage, weeks } = query
      const { target = city.answerTarget, soonSeconds = city.soonSeconds } = query
      checkNumber('target', target, { from: 0.01, to: 0.9999 })
      const days = daysBefore(query.until, weeks * 7, { nowMs: clock.now(), timeZone: city.timeZone })
      const history = await historyOf(days, soonSeconds)
      const wrapUpSeconds = wrapUpOf(history.seats, history.calls) ?? dependencies.wrapUpSeconds
      const forecast = forecastOf(history.calls, { day, wrapUpSeconds })
      const there = thereOn(day, history.seats, history.calls)
      const known = forecast.days === 0 ? [] : forecast.halfHours
      const halfHours: PlanHalfHour[] = []
      for (const one of own ? expectedBy(own, forecast.halfHours) : known) {
        const { handlingSeconds = one.handlingSeconds, patienceSeconds = one.patienceSeconds } = query
        const expected = { ...one, calls: one.calls * growth, handlingSeconds, patienceSeconds }
        halfHours.push(planHalfHour(expected, there.halves[one.half], { target, soonSeconds, shrinkage }))
        // Yield between half-hours, each of which takes several ms in a large city, so that calls are not delayed.
        await setImmediate()
      }
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
        thereBy: there.by,
        halfHours,
        most: busiestOf(halfHours),
      }
    },

    async shifts(date) {
      const place = { nowMs: clock.now(), timeZone: city.timeZone }
      const until =
        date === undefined ? dateAfter(daysBefore(undefined, 0, place).until, 1) : dateAfter(date, 1)
      const { since, fromMs, untilMs } = daysBefore(until, 1, place)
      const spells = await desk.spells({ from: fromMs, until: untilMs })
      const stays =
        spells.length > 0
          ? spells
          : (await calls.talksOfSeats({ fromMs, untilMs })).map(talk => ({
              ...talk,
              state: 'talking' as const,
            }))
      const gapMs = spells.length > 0 ? 1_000 : idleMs
      const people = peopleOf(stays, { fromMs, untilMs }, { names: await names(), gapMs })
      return { date: since, fromMs, untilMs, by: spells.length > 0 ? 'states' : 'calls', people }
    },
  }
}

const noCall = { asked: 0, soon: 0, answered: 0, abandoned: 0, talkedSeconds: 0, waitedSeconds: 0 }

/** The planner's own forecast of calls, with handling time and patience from history where it gives none. */
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
