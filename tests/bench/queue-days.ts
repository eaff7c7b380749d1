import { ordinaryRules, type QueueRules } from '../../src/desk/index.ts'
import { byErlangA, leastAgents } from '../../src/planning/index.ts'
import {
  type Arrival,
  createDice,
  type DayResult,
  type Dice,
  type Outcome,
  simulateDay,
} from '../support/queue-day.ts'
import type { Row } from './row.ts'

const callsADay = Number(process.env.BENCH_CALLS ?? 100_000)
const handlingSeconds = 200
const patienceSeconds = 180
const hourMs = 3_600_000
const soonMs = 15_000
const endless = { otherMs: 0, bySkill: {} }
/** Nothing counts but who rang first. */
const firstInFirstOut: QueueRules = { pointMs: 0, mostAheadMs: 0, insist: endless, redialMs: 0 }

/** DESIGN: shares of a day by the hour, with the peak in the morning. */
const shares = [
  1, 0.6, 0.4, 0.3, 0.4, 0.8, 2, 4, 7, 9, 8.6, 7.4, 5, 5.6, 7, 7.2, 6.8, 6, 5, 4.6, 4.2, 3.4, 2.4, 1.3,
]
const shareSum = shares.reduce((sum, share) => sum + share, 0)
const callsIn = (hour: number) => (callsADay * (shares[hour] ?? 0)) / shareSum
const surge = { fromMs: 10 * hourMs, untilMs: 10.5 * hourMs, times: 3 }

const trafficOf = (calls: number) => ({ calls, seconds: 3600, handlingSeconds, patienceSeconds })
const agentsFor = (hour: number) =>
  leastAgents(agents => byErlangA(trafficOf(callsIn(hour)), agents, soonMs / 1000), 0.95)

export async function cityDays(): Promise<readonly Row[]> {
  const plain = await simulateDay({ ...dayOf(ordinary, 1), rules: ordinaryRules })
  const fair = await simulateDay({ ...dayOf(mixed, surge.times), rules: ordinaryRules })
  const fifo = await simulateDay({ ...dayOf(mixed, surge.times), rules: firstInFirstOut })
  return [beside(plain), ...rowsOf('by the rules of the queue', fair), ...rowsOf('first in, first out', fifo)]
}

/** Where the assumptions of Erlang A hold: one kind of caller, exponential times, as many an hour as were planned. */
function beside({ outcomes, desk }: DayResult): Row {
  const predicted = shares.map((_, hour) => {
    const calls = callsIn(hour)
    const { level, abandons } = byErlangA(trafficOf(calls), agentsFor(hour), soonMs / 1000)
    return { soon: calls * level, lost: calls * abandons }
  })
  const sum = (of: 'soon' | 'lost') => predicted.reduce((all, one) => all + one[of], 0) / callsADay
  const { soon, lost } = summaryOf(outcomes)
  return {
    what: 'a city’s day beside Erlang A',
    figure: `within 15 s ${percent(soon)} (predicted ${percent(sum('soon'))}), gave up ${percent(lost)} (${percent(sum('lost'))}); estimates told ${desk.wait.told}`,
    target: 'within 5 % of the prediction',
    method: `${callsADay} calls on the desk itself by a clock that is moved; staff by the hour for 95 % in 15 s; talk ${handlingSeconds} s and patience ${patienceSeconds} s, exponential`,
  }
}

function rowsOf(name: string, { outcomes, overtaken, desk }: DayResult): readonly Row[] {
  const kinds = ['all', ...new Set(outcomes.map(({ kind }) => kind))].toSorted()
  return kinds.map(kind => {
    const own = kind === 'all' ? outcomes : outcomes.filter(one => one.kind === kind)
    const { soon, lost, longestMs, meanMs } = summaryOf(own)
    const order =
      kind === 'all'
        ? `; overtaken by callers alike ${overtaken}, overlooked ${desk.watchdog.overlooked}; error of the wait told to ${desk.wait.measured}: median ${seconds(desk.wait.medianErrorMs)}, p90 ${seconds(desk.wait.p90ErrorMs)}`
        : ''
    return {
      what: `a day with a threefold surge, ${name}: ${kind} (${own.length})`,
      figure: `within 15 s ${percent(soon)}, gave up ${percent(lost)}, mean wait ${seconds(meanMs)}, longest ${seconds(longestMs)}${order}`,
      target: 'elder callers sooner, nobody starved, no overtaking',
      method: `three times the calls from 10:00 to 10:30; 15 % elder, 3 % Cantonese, 1 % English, talk lognormal (spread 0.8)`,
    }
  })
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(0)} s`)

function summaryOf(outcomes: readonly Outcome[]) {
  const answered = outcomes.filter(({ isAnswered }) => isAnswered)
  return {
    soon: answered.filter(({ waitMs }) => waitMs <= soonMs).length / outcomes.length,
    lost: 1 - answered.length / outcomes.length,
    meanMs: outcomes.reduce((sum, { waitMs }) => sum + waitMs, 0) / outcomes.length,
    longestMs: outcomes.reduce((most, { waitMs }) => Math.max(most, waitMs), 0),
  }
}

type Person = Pick<Arrival, 'kind' | 'priority' | 'skills' | 'handlingMs'>

const ordinary = (dice: Dice): Person => ({
  kind: 'alike',
  priority: 0,
  skills: [],
  handlingMs: dice.exponential(handlingSeconds * 1000),
})

function mixed(dice: Dice): Person {
  const handlingMs = dice.lognormal(handlingSeconds * 1000, 0.8)
  const chance = dice.roll()
  if (chance < 0.15) return { kind: 'elder', priority: 10, skills: [], handlingMs }
  if (chance < 0.18) return { kind: 'Cantonese', priority: 0, skills: ['yue'], handlingMs }
  if (chance < 0.19) return { kind: 'English', priority: 0, skills: ['en'], handlingMs }
  return { kind: 'other', priority: 0, skills: [], handlingMs }
}

function dayOf(personOf: (dice: Dice) => Person, surgeTimes: number) {
  const dice = createDice(2026)
  const arrivals: Arrival[] = []
  let atMs = 0
  while (atMs < 24 * hourMs) {
    const hour = Math.floor(atMs / hourMs)
    const isSurge = atMs >= surge.fromMs && atMs < surge.untilMs
    const meanMs = hourMs / (callsIn(hour) * (isSurge ? surgeTimes : 1))
    const nextMs = atMs + dice.exponential(meanMs)
    // Into the next hour: its own rate holds from there on, and a Poisson stream has no memory.
    const edgeMs = (Math.floor(atMs / (hourMs / 2)) + 1) * (hourMs / 2)
    atMs = Math.min(nextMs, edgeMs)
    if (nextMs >= edgeMs) continue
    arrivals.push({ atMs, ...personOf(dice), patienceMs: dice.exponential(patienceSeconds * 1000) })
  }
  const staff = shares.map((_, hour) => ({ fromMs: hour * hourMs, seats: agentsFor(hour) }))
  const most = Math.max(...staff.map(({ seats }) => seats))
  const seats = Array.from({ length: most }, (_, index) => ({
    name: `s${index}`,
    skills: [index % 20 === 0 ? 'yue' : '', index % 50 === 0 ? 'en' : ''].filter(Boolean),
  }))
  return { arrivals, staff, seats }
}
