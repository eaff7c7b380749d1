import type { PlanHalfHour, There } from './api.ts'
import { byErlangC, loadOf, type Prediction, type Traffic } from './erlang.ts'
import { byErlangA } from './erlang-a.ts'
import { handlingUnknown } from './faults.ts'
import type { Expected } from './forecast.ts'
import { clockOf, halfHourSeconds } from './half-hour.ts'
import { leastAgents, rosteredFor } from './staffing.ts'

/** The target of a plan. */
export type Aim = {
  /** The share of calls to be answered within `soonSeconds`. */
  readonly target: number
  readonly soonSeconds: number
  readonly shrinkage: number
}

/**
 * The staff that a half-hour needs, beside the staff that was there.
 * @throws Fault `handling-unknown`
 */
export function planHalfHour(expected: Expected, there: There | undefined, aim: Aim): PlanHalfHour {
  const { half, calls, handlingSeconds, patienceSeconds, seen } = expected
  if (calls > 0 && handlingSeconds === undefined) throw handlingUnknown(`handlingSeconds at ${clockOf(half)}`)
  // Without calls the handling time does not matter.
  const traffic: Traffic = {
    calls,
    seconds: halfHourSeconds,
    handlingSeconds: Math.max(1, handlingSeconds ?? 1),
  }
  const impatient = { ...traffic, patienceSeconds: Math.max(1, boundedPatience(patienceSeconds)) }
  const predictC = (agents: number) => byErlangC(traffic, agents, aim.soonSeconds)
  const predictA = (agents: number) => byErlangA(impatient, agents, aim.soonSeconds)
  const load = loadOf(traffic)
  const byA = staffingBy(predictA, load, aim)
  return {
    start: clockOf(half),
    calls,
    handlingSeconds,
    patienceSeconds,
    load,
    byC: staffingBy(predictC, load, aim),
    byA: { ...byA, abandons: predictA(byA.agents).abandons },
    there,
    predicted: there?.working === undefined ? undefined : predictA(Math.round(there.working)).level,
    seen,
  }
}

/** Patience of more than an hour counts as infinite. */
const boundedPatience = (seconds = Number.POSITIVE_INFINITY) =>
  seconds > 3600 ? Number.POSITIVE_INFINITY : seconds

function staffingBy(predict: (agents: number) => Prediction, load: number, { target, shrinkage }: Aim) {
  const agents = leastAgents(predict, target, load)
  const { level, waitSeconds, occupancy } = predict(agents)
  return { agents, rostered: rosteredFor(agents, shrinkage), level, waitSeconds, occupancy }
}

/** The first of the half-hours that need the most staff. */
export function busiestOf(halfHours: readonly PlanHalfHour[]) {
  const most = Math.max(0, ...halfHours.map(({ byC }) => byC.agents))
  const busiest = halfHours.find(({ byC }) => byC.agents === most && most > 0)
  return busiest && { start: busiest.start, byC: most, byA: busiest.byA.agents }
}
