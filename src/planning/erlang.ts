import { checkNumber } from './faults.ts'

/** Calls for a person over a stretch of time. They come at random (Poisson); each takes an agent for a while. */
export type Traffic = {
  readonly calls: number
  /** How long the stretch is, in s. */
  readonly seconds: number
  /** Mean time that one call takes an agent, in s: talk and wrap-up. */
  readonly handlingSeconds: number
}

/** What a number of agents makes of some traffic, in the long run. Shares are from 0 to 1, of all who ask for a person. */
export type Prediction = {
  /** Those who find no agent free. */
  readonly waits: number
  /** Those who are answered in time. */
  readonly level: number
  /** Those who give up; by Erlang C nobody does. */
  readonly abandons: number
  /** Mean wait of all, in s: `Infinity` where the queue grows without end. */
  readonly waitSeconds: number
  /** Share of their time for which agents have a caller. */
  readonly occupancy: number
}

/** Agents who have a call at one time, in the mean, if nobody had to wait: the load in erlangs. */
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
 * Erlang B: the share of calls that find all of `agents` taken where nobody waits. By recursion from 0 agents on
 * (A. K. Erlang 1917; the recursion as in ITU-T E.501 annex A), which neither overflows nor loses digits.
 * @param load in erlangs
 */
export function erlangB(load: number, agents: number): number {
  let blocked = 1
  for (let agent = 1; agent <= agents; agent++) blocked = (load * blocked) / (agent + load * blocked)
  return blocked
}

/**
 * Erlang C: the share of calls that wait where everybody waits however long it takes; all of them where the load
 * is not below the number of agents, since the queue then grows without end.
 */
export function erlangC(load: number, agents: number): number {
  if (load >= agents) return 1
  const blocked = erlangB(load, agents)
  return blocked / (1 - (load / agents) * (1 - blocked))
}

/** What nobody's calling comes to: nobody waits, and no agent is needed. */
export const quiet: Prediction = { waits: 0, level: 1, abandons: 0, waitSeconds: 0, occupancy: 0 }

/**
 * M/M/N, callers served as they came, nobody gives up: who waits does so for an exponential time with the mean
 * handling / (agents − load) (L. Kleinrock, Queueing Systems I, 3.4).
 * @param soonSeconds within which a call is answered in time
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
