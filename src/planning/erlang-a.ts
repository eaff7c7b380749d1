import {
  byErlangC,
  checkAgents,
  checkTraffic,
  erlangB,
  loadOf,
  type Prediction,
  quiet,
  type Traffic,
} from './erlang.ts'
import { checkNumber } from './faults.ts'

/** Traffic of callers with limited patience: exponentially distributed, with this mean in s. */
export type ImpatientTraffic = Traffic & { readonly patienceSeconds: number }

/** Events per second: calls arriving, calls ending while all agents talk, and one waiting caller giving up. */
type Rates = { readonly come: number; readonly end: number; readonly leave: number }

/** The states with a queue, relative to the state in which all agents talk and nobody waits. */
type Chain = {
  /** All states with a free agent. */
  readonly free: number
  readonly taken: number
  /** The mean queue length, times the same factor. */
  readonly queue: number
  /** Natural logarithm of the factor by which all of these were divided to avoid overflow. */
  readonly scaledBy: number
}

const mostWeight = 1e200
/** Smaller terms would not change any digit. */
const negligible = 1e-17

/**
 * Erlang A, M/M/N+M (C. Palm 1946; A. Mandelbaum and S. Zeltyn, "Service Engineering in Action: The Palm/Erlang-A
 * Queue", 2007): like Erlang C, except that a waiting caller gives up when their patience is over. It is stable at any load,
 * and with infinite patience equals Erlang C.
 * @param soonSeconds a call answered within this time counts as in time; a caller who gave up earlier does not
 */
export function byErlangA(traffic: ImpatientTraffic, agents: number, soonSeconds: number): Prediction {
  checkTraffic(traffic)
  checkAgents(agents, soonSeconds)
  const { calls, seconds, handlingSeconds, patienceSeconds } = traffic
  checkNumber('patienceSeconds', patienceSeconds, { from: 1, to: Number.POSITIVE_INFINITY })
  if (calls === 0) return quiet
  if (patienceSeconds === Number.POSITIVE_INFINITY) return byErlangC(traffic, agents, soonSeconds)
  const load = loadOf(traffic)
  const rates = { come: calls / seconds, end: agents / handlingSeconds, leave: 1 / patienceSeconds }
  const { free, taken, queue, scaledBy } = chainOf(rates, erlangB(load, agents))
  const waits = taken / (free + taken)
  const waitSeconds = queue / (free + taken) / rates.come
  const abandons = Math.min(1, waitSeconds / patienceSeconds)
  const logAllTalk = -Math.log(free + taken) - scaledBy
  return {
    waits,
    level: Math.min(1, 1 - waits + soonAfterWaiting(rates, logAllTalk, soonSeconds)),
    abandons,
    waitSeconds,
    occupancy: agents === 0 ? 1 : Math.min(1, ((1 - abandons) * load) / agents),
  }
}

/** A birth-death chain: with k callers waiting, one more arrives at rate `come`, and one leaves at rate `end + k · leave`. */
function chainOf({ come, end, leave }: Rates, blocked: number): Chain {
  // Erlang B gives the share of the state "all talk" among the states without a queue.
  let free = 1 / blocked - 1
  let taken = 1
  let queue = 0
  let scaledBy = 0
  let weight = 1
  for (let waiting = 1; ; waiting++) {
    const growth = come / (end + waiting * leave)
    weight *= growth
    taken += weight
    queue += waiting * weight
    if (growth < 1 && weight < negligible * taken * (1 - growth)) return { free, taken, queue, scaledBy }
    if (weight > mostWeight) {
      ;[free, taken, queue, weight] = [free, taken, queue, weight].map(one => one / mostWeight) as Weights
      scaledBy += Math.log(mostWeight)
    }
  }
}
type Weights = [number, number, number, number]

/**
 * The share of calls that wait and are answered within this time. The virtual wait v of a patient caller has the density
 * `end · P(all talk) · exp(come (1 − exp(−leave·v)) / leave − end·v)` (F. Baccelli and G. Hebuterne 1981), and the caller is
 * still there with probability `exp(−leave·v)`. Integrated by Simpson's rule, with factors added as logarithms.
 */
function soonAfterWaiting({ come, end, leave }: Rates, logAllTalk: number, soonSeconds: number): number {
  if (end === 0 || soonSeconds === 0) return 0
  const logDensity = (v: number) =>
    Math.log(end) + logAllTalk - (come * Math.expm1(-leave * v)) / leave - (end + leave) * v
  // The exponent is concave, so it is steepest at one of the ends, and once it falls it keeps falling.
  const slopeAt = (v: number) => come * Math.exp(-leave * v) - end - leave
  const falls = -slopeAt(0)
  const until = falls > 0 ? Math.min(soonSeconds, 50 / falls) : soonSeconds
  const steepest = Math.max(Math.abs(slopeAt(0)), Math.abs(slopeAt(until)), Math.sqrt(come * leave))
  const pairs = Math.min(50_000, Math.max(8, Math.ceil((until * steepest) / 0.1)))
  const step = until / pairs / 2
  let sum = Math.exp(logDensity(0)) + Math.exp(logDensity(until))
  for (let point = 1; point < 2 * pairs; point++)
    sum += (point % 2 === 1 ? 4 : 2) * Math.exp(logDensity(point * step))
  return (sum * step) / 3
}
