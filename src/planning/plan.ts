import type { PlanHalfHour, There } from './api.ts'
import { byErlangC, loadOf, type Prediction, type Traffic } from './erlang.ts'
import { byErlangA } from './erlang-a.ts'
import { handlingUnknown } from './faults.ts'
import type { Expected } from './forecast.ts'
import { clockOf, halfHourSeconds } from './half-hour.ts'
import { leastAgents, rosteredFor } from './staffing.ts'

/** What is wanted of a day. */
export type Aim = {
  /** Share of calls to be answered within `soonSeconds`. */
  readonly target: number
  readonly soonSeconds: number
  readonly shrinkage: number
}

/**
 * What a half-hour takes, and what was there.
 * @throws Fault `handling-unknown`
 */
export function planHalfHour(expected: Expected, there: There | undefined, aim: Aim): PlanHalfHour {
  const { half, calls, handlingSeconds, patienceSeconds, seen } = expected
  if (calls > 0 && handlingSeconds === undefined) throw handlingUnknown(`handlingSeconds at ${clockOf(half)}`)
  // Of no calls it does not matter how long they take.
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

/** Who would wait for an hour would wait for ever. */
const boundedPatience = (seconds = Number.POSITIVE_INFINITY) =>
  seconds > 3600 ? Number.POSITIVE_INFINITY : seconds

function staffingBy(predict: (agents: number) => Prediction, load: number, { target, shrinkage }: Aim) {
  const agents = leastAgents(predict, target, load)
  const { level, waitSeconds, occupancy } = predict(agents)
  return { agents, rostered: rosteredFor(agents, shrinkage), level, waitSeconds, occupancy }
}

/** The half-hour for which most are needed, the first of them. */
export function busiestOf(halfHours: readonly PlanHalfHour[]) {
  const most = Math.max(0, ...halfHours.map(({ byC }) => byC.agents))
  const busiest = halfHours.find(({ byC }) => byC.agents === most && most > 0)
  return busiest && { start: busiest.start, byC: most, byA: busiest.byA.agents }
}
