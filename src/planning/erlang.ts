import { checkNumber } from './faults.ts'

/** Calls for a person over a period. They arrive at random (Poisson), and each occupies an agent for a while. */
export type Traffic = {
  readonly calls: number
  /** Length of the period in s. */
  readonly seconds: number
  /** Mean time that a call occupies an agent, in s: talk and wrap-up. */
  readonly handlingSeconds: number
}

/** The long-run result of a number of agents serving some traffic. Shares are from 0 to 1 of all who ask for a person. */
export type Prediction = {
  /** Share of callers who find no agent free. */
  readonly waits: number
  /** Share of callers who are answered in time. */
  readonly level: number
  /** Share of callers who give up; 0 in Erlang C. */
  readonly abandons: number
  /** Mean wait of all callers in s; `Infinity` if the queue grows without bound. */
  readonly waitSeconds: number
  /** Share of their time in which agents are busy with a caller. */
  readonly occupancy: number
}

/** The load in erlangs: the mean number of busy agents if nobody had to wait. */
export const loadOf = ({ calls, seconds, handlingSeconds }: Traffic): number =>
  (calls * handlingSeconds) / seconds

/** @throws Fault `plan-invalid`, naming what is out of bounds */
export function checkTraffic({ calls, seconds, handlingSeconds }: Traffic): void {
  checkNumber('calls', calls, { from: 0, to: 1e6 })
  checkNumber('seconds', seconds, { from: 1, to: 86_400 })
  checkNumber('handlingSeconds', handlingSeconds, { from: 1, to: 86_400 })
}

export const mostAgents = 100_000
export function checkAgents(agents: number, soonSeconds: number): void {
  checkNumber('agents', agents, { from: 0, to: mostAgents, whole: true })
  checkNumber('soonSeconds', soonSeconds, { from: 0, to: 86_400 })
}

/**
 * Erlang B: the share of calls that find all agents busy if nobody waits. Computed by recursion from 0 agents (A. K. Erlang
 * 1917; recursion as in ITU-T E.501 annex A), which neither overflows nor loses precision.
 * @param load in erlangs
 */
export function erlangB(load: number, agents: number): number {
  let blocked = 1
  for (let agent = 1; agent <= agents; agent++) blocked = (load * blocked) / (agent + load * blocked)
  return blocked
}

/**
 * Erlang C: the share of calls that wait if everybody waits as long as it takes. It is 1 if the load is not below the
 * number of agents, since the queue then grows without bound.
 */
export function erlangC(load: number, agents: number): number {
  if (load >= agents) return 1
  const blocked = erlangB(load, agents)
  return blocked / (1 - (load / agents) * (1 - blocked))
}

/** The result without any calls. */
export const quiet: Prediction = { waits: 0, level: 1, abandons: 0, waitSeconds: 0, occupancy: 0 }

/**
 * M/M/N, first come first served, nobody gives up: the wait of those who wait is exponential with mean
 * handling / (agents − load) (L. Kleinrock, Queueing Systems I, 3.4).
 * @param soonSeconds a call answered within this time counts as in time
 */
export function byErlangC(traffic: Traffic, agents: number, soonSeconds: number): Prediction {
  checkTraffic(traffic)
  checkAgents(agents, soonSeconds)
  if (traffic.calls === 0) return quiet
  const load = loadOf(traffic)
  const waits = erlangC(load, agents)
  if (load >= agents)
    return { waits, level: 0, abandons: 0, waitSeconds: Number.POSITIVE_INFINITY, occupancy: 1 }
  const free = (agents - load) / traffic.handlingSeconds
  return {
    waits,
    level: 1 - waits * Math.exp(-free * soonSeconds),
    abandons: 0,
    waitSeconds: waits / free,
    occupancy: load / agents,
  }
}
