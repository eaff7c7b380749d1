import { ordinaryCallbackRules } from '../../src/callbacks/index.ts'
import { ordinaryRules, type QueueRules } from '../../src/desk/index.ts'
import { byErlangA, leastAgents } from '../../src/planning/index.ts'
import {
  type Arrival,
  createDice,
  type DayResult,
  type Dice,
  type Outcome,
  type SimulatedDay,
  simulateDay,
} from '../support/queue-day.ts'
import type { Row } from './row.ts'

const callsADay = Number(process.env.BENCH_CALLS ?? 100_000)
const handlingSeconds = 200
const patienceSeconds = 180
const hourMs = 3_600_000
/** The sentence of an incident and the key for it. */
const incidentWordsMs = 12_000
const dayMs = 24 * hourMs
/** Of callbacks that are led, the last ones of a day are rung in the morning after. */
const ledHours = 34
const soonMs = 15_000
const instantly = { otherMs: 0, bySkill: {} }
/** Nothing counts but who rang first. */
const firstInFirstOut: QueueRules = {
  pointMs: 0,
  mostAheadMs: 0,
  insist: instantly,
  speakerMs: 0,
  redialMs: 0,
  claimMs: 0,
  ledShare: 1,
}
/** As the queue was before: speakers serve whoever stands first. */
const noSpeakers: QueueRules = { ...ordinaryRules, insist: { otherMs: 60_000, bySkill: {} }, speakerMs: 0 }
const abandonedMs = ordinaryCallbackRules.abandonedMs
const callbacks = { abandonedMs, sparePercent: 3 }

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

/** Days to simulate, all where it is not set: a day of 100,000 calls takes minutes. */
const wanted = process.env.BENCH_DAYS?.split(',')

export async function cityDays(): Promise<readonly Row[]> {
  const crowd = { ...dayOf(mixed, surge.times), callbacks }
  const lead = { ...dayOf(mixed, surge.times, ledHours), callbacks: { abandonedMs } }
  const incident = (isTold: boolean, owed: SimulatedDay['callbacks']) => ({
    ...dayOf(ofIncident(isTold), surge.times),
    callbacks: owed,
    rules: ordinaryRules,
  })
  const all = (name: string, day: SimulatedDay) => async () => rowsOf(name, await simulateDay(day))
  const first = (name: string, day: SimulatedDay) => async () => (await all(name, day)()).slice(0, 1)
  const told = (name: string, day: SimulatedDay) => async () => [inSurge(name, await simulateDay(day))]
  const ledBy = (ledShare: number) =>
    first(`the hotline leads callbacks at ${percent(ledShare)} of the seats`, {
      ...lead,
      rules: { ...ordinaryRules, ledShare },
    })
  const days: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
    plain: async () => [beside(await simulateDay({ ...dayOf(ordinary, 1), rules: ordinaryRules }))],
    rules: all('by the rules of the queue', { ...crowd, rules: ordinaryRules }),
    led: async () => ledRows(await simulateDay({ ...lead, rules: ordinaryRules })),
    'led-10': ledBy(0.1),
    'led-50': ledBy(0.5),
    invite: first('the hotline leads callbacks, the earlier INVITE first', {
      ...crowd,
      callbacks: { abandonedMs },
      rules: { ...ordinaryRules, ledShare: 1 },
    }),
    speakers: all('without speakers kept for those who need them', { ...crowd, rules: noSpeakers }),
    fifo: all('first in, first out', { ...crowd, rules: firstInFirstOut }),
    silent: told('nobody is told of the incident', incident(false, callbacks)),
    told: told('the incident is told before the queue', incident(true, callbacks)),
    'silent-led': told('the same, callbacks led: nobody is told', incident(false, lead.callbacks)),
    'told-led': told('the same, callbacks led: the incident is told', incident(true, lead.callbacks)),
  }
  const rows: Row[] = []
  for (const [name, simulate] of Object.entries(days))
    if (wanted?.includes(name) !== false) rows.push(...(await simulate()))
  return rows
}

/** The day, and how the times that were told in each of its hours came out. */
function ledRows(result: DayResult): readonly Row[] {
  const [day] = rowsOf('the hotline leads callbacks', result)
  const told = result.outcomes.filter(({ atMs, toldMs }) => atMs < dayMs && toldMs !== undefined)
  const hours = shares.flatMap((_, hour) => {
    const own = told.filter(({ atMs }) => Math.floor(atMs / hourMs) === hour)
    if (own.length === 0) return []
    const asTold = own.filter(({ toldMs = 0, rungBackMs = Infinity }) => rungBackMs <= toldMs)
    const mean = (of: (one: Outcome) => number | undefined) =>
      minutes(own.reduce((sum, one) => sum + (of(one) ?? 0), 0) / own.length)
    const after = `${mean(({ rungBackMs }) => rungBackMs)} of ${mean(({ toldMs }) => toldMs)}`
    return [`${hour}:00 ${own.length}, ${percent(asTold.length / own.length)}, ${after}`]
  })
  const row = {
    what: 'the same: times told by the hour, how many of them were kept, and minutes until they were rung of minutes told',
    figure: hours.join('; '),
    target: 'at least 90 % kept in every hour',
    method: `rung until ${ledHours} h after the day began; what is further off than two hours is told by the part of the day; seats as on the days before`,
  }
  return day ? [day, row] : [row]
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

function rowsOf(name: string, { outcomes: all, overtaken, desk }: DayResult): readonly Row[] {
  const outcomes = all.filter(({ atMs }) => atMs < dayMs)
  const kinds = ['all', ...[...new Set(outcomes.map(({ kind }) => kind))].toSorted()]
  return kinds.map(kind => {
    const own = kind === 'all' ? outcomes : outcomes.filter(one => one.kind === kind)
    const { soon, lost, longestMs, meanMs, understood } = summaryOf(own)
    const order =
      kind === 'all'
        ? `; ${kept(own)}; overtaken by callers alike ${overtaken}, overlooked ${desk.watchdog.overlooked}; error of the wait told to ${desk.wait.measured}: median ${seconds(desk.wait.medianErrorMs)}, p90 ${seconds(desk.wait.p90ErrorMs)}`
        : `, answered by whom they wished for ${percent(understood)}`
    return {
      what: `a day with a threefold surge, ${name}: ${kind} (${own.length})`,
      figure: `within 15 s ${percent(soon)}, gave up ${percent(lost)}, mean wait ${seconds(meanMs)}, longest ${seconds(longestMs)}${order}`,
      target: 'elder callers sooner, who needs a language no later, nobody starved, no overtaking',
      method:
        'three times the calls from 10:00 to 10:30; 15 % elder, 3 % Cantonese, 1 % English; of 20 seats one speaks Cantonese, of 50 English; talk lognormal (spread 0.8); whoever gave up after 10 s is rung back by agents, while 3 % of them stay free, or by the hotline, at their place in the queue; seats are those of an ordinary day, so after the surge none is to spare: each callback keeps a caller on the line waiting, who is owed the next',
    }
  })
}

/** Who rings in the surge, for another reason than the incident and for the incident. */
function inSurge(name: string, { outcomes }: DayResult): Row {
  const inIt = outcomes.filter(({ atMs }) => atMs >= surge.fromMs && atMs < surge.untilMs + hourMs / 2)
  const others = inIt.filter(({ kind }) => !kind.startsWith('affected'))
  const content = inIt.filter(({ isContent }) => isContent).length
  const asked = inIt.filter(({ isContent }) => !isContent)
  const { lost, meanMs, longestMs, soon } = summaryOf(asked)
  return {
    what: `the surge by an incident, ${name}`,
    figure: `of ${inIt.length} callers ${content} wanted no person; of the rest within 15 s ${percent(soon)}, gave up ${percent(lost)}, mean wait ${seconds(meanMs)}, longest ${seconds(longestMs)}; who rang about something else waited ${seconds(summaryOf(others).meanMs)}; ${kept(inIt)}`,
    target: 'what the announcement is worth',
    method: `the calls of 10:00 to 11:00, waits from the queue on; two of three surge calls are about the incident, of whom 60 % (assumed) are content with ${incidentWordsMs / 1000} s of words and press 1; everybody but elder callers hears them`,
  }
}

const kept = (outcomes: readonly Outcome[]) => {
  const owed = outcomes.filter(({ isOwed }) => isOwed)
  const inTime = owed.filter(({ rungBackMs = Infinity }) => rungBackMs <= ordinaryCallbackRules.limitMs)
  const told = owed.filter(({ toldMs }) => toldMs !== undefined)
  const asTold = told.filter(({ toldMs = 0, rungBackMs = Infinity }) => rungBackMs <= toldMs)
  const of = (part: readonly Outcome[], all: readonly Outcome[]) =>
    all.length === 0 ? '–' : percent(part.length / all.length)
  return `callbacks owed ${owed.length}, rung within 30 min ${of(inTime, owed)}, by the time told to ${of(told, owed)} of them ${of(asTold, told)}`
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const minutes = (ms: number) => (ms / 60_000).toFixed(0)
const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(0)} s`)

function summaryOf(outcomes: readonly Outcome[]) {
  const answered = outcomes.filter(({ isAnswered }) => isAnswered)
  return {
    soon: answered.filter(({ waitMs }) => waitMs <= soonMs).length / outcomes.length,
    lost: 1 - answered.length / outcomes.length,
    meanMs: outcomes.reduce((sum, { waitMs }) => sum + waitMs, 0) / outcomes.length,
    longestMs: outcomes.reduce((most, { waitMs }) => Math.max(most, waitMs), 0),
    understood: answered.filter(({ isUnderstood }) => isUnderstood).length / answered.length,
  }
}

type Person = Omit<Arrival, 'atMs' | 'patienceMs'>

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

/** In the surge those beyond the ordinary ring for one reason. */
const ofIncident =
  (isTold: boolean) =>
  (dice: Dice, isSurge: boolean): Person => {
    const person = mixed(dice)
    const isAffected = isSurge && dice.roll() < 1 - 1 / surge.times
    const isContent = dice.roll() < 0.6
    const hears = isTold && isSurge && person.kind !== 'elder'
    return {
      ...person,
      kind: isAffected ? `affected, ${person.kind}` : person.kind,
      wordsMs: hears ? incidentWordsMs : 0,
      isContent: hears && isAffected && isContent,
    }
  }

function dayOf(personOf: (dice: Dice, isSurge: boolean) => Person, surgeTimes: number, hours = 24) {
  const hourOf = (hour: number) => hour % shares.length
  const dice = createDice(2026)
  const arrivals: Arrival[] = []
  let atMs = 0
  while (atMs < hours * hourMs) {
    const hour = hourOf(Math.floor(atMs / hourMs))
    const isSurge = atMs >= surge.fromMs && atMs < surge.untilMs
    const meanMs = hourMs / (callsIn(hour) * (isSurge ? surgeTimes : 1))
    const nextMs = atMs + dice.exponential(meanMs)
    // Into the next hour: its own rate holds from there on, and a Poisson stream has no memory.
    const edgeMs = (Math.floor(atMs / (hourMs / 2)) + 1) * (hourMs / 2)
    atMs = Math.min(nextMs, edgeMs)
    if (nextMs >= edgeMs) continue
    arrivals.push({ atMs, ...personOf(dice, isSurge), patienceMs: dice.exponential(patienceSeconds * 1000) })
  }
  const byHour = shares.map((_, hour) => agentsFor(hour))
  const staff = Array.from({ length: hours }, (_, hour) => ({
    fromMs: hour * hourMs,
    seats: byHour[hourOf(hour)] ?? 0,
  }))
  const most = Math.max(...staff.map(({ seats }) => seats))
  const seats = Array.from({ length: most }, (_, index) => ({
    name: `s${index}`,
    skills: [index % 20 === 0 ? 'yue' : '', index % 50 === 0 ? 'en' : ''].filter(Boolean),
  }))
  return { arrivals, staff, seats }
}
