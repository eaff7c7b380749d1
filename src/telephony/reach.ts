import { Fault } from '../foundation/index.ts'
import { type Home, placeOf } from './numbers.ts'

/** Whom this city reaches outside, by call or by text, and how often: nobody who rings us decides that. */
export type ReachRules = {
  readonly home: Home
  /** ISO 3166-1; numbers of these countries may be reached, but for those that cost more. */
  readonly countries: readonly string[]
  /** Beginnings of E.164 numbers that may be reached besides, as +8529. */
  readonly prefixes: readonly string[]
  /** Numbers that the city itself names, short ones among them: always reached, and not counted. */
  readonly listed: ReadonlySet<string>
  readonly limits: ReachLimits
}

export type ReachLimits = {
  /** In one call of somebody's; no limit when absent. */
  readonly aCall?: number
  readonly aNumberAnHour: number
  readonly aNumberADay: number
  readonly anHour: number
  readonly aDay: number
}

export type ReachRefusal = 'place' | keyof ReachLimits

/** What is to be reached, by whatever verb. */
export type Reaching = {
  readonly number: string
  /** A second try of the same thing counts once. */
  readonly id?: string
  /** The call in which somebody caused it. */
  readonly call?: string
  /** Somebody on the line is taken there: the number is a service of the city's choice, which many ask for. */
  readonly isService?: boolean
}

/** What a number is counted as, however it is written; undefined for one that is not reached at all. */
export function reachedAs(
  number: string,
  { home, countries, prefixes, listed }: Omit<ReachRules, 'limits'>,
): string | undefined {
  if (listed.has(number)) return number
  const place = placeOf(number, home)
  if (!place || place.isPremium) return undefined
  const isAllowed =
    place.countries.some(country => countries.includes(country)) ||
    prefixes.some(one => place.number.startsWith(one))
  return isAllowed ? place.number : undefined
}

type Window = { readonly since: number; readonly count: number }
type Spans = { readonly hour: Window; readonly day: Window }

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
/** A call's own count is of no use once it is long over; so is an id's. */
const mostKept = 20_000

export type Reach = {
  /** Counts it, if it may be reached now. @throws Fault `reach-refused`, `reach-too-often` */
  claim(reaching: Reaching): void
  /** How often each reason was given. */
  refused(): ReadonlyMap<ReachRefusal, number>
  /** Why nobody more is reached for now; undefined while some are. */
  trouble(): string | undefined
}

/** @param onRefused told of each refusal; `isFirst` for the first of its reason in an hour */
export function createReach(
  rules: ReachRules,
  now: () => number,
  onRefused: (why: ReachRefusal, isFirst: boolean) => void,
): Reach {
  const { limits } = rules
  const numbers = new Map<string, Spans>()
  const calls = new Map<string, number>()
  const ids = new Set<string>()
  const refusals = new Map<ReachRefusal, number>()
  const alarmed = new Map<ReachRefusal, number>()
  let all: Spans | undefined

  const refuse = (why: ReachRefusal, fault: Fault): never => {
    refusals.set(why, (refusals.get(why) ?? 0) + 1)
    const hour = Math.floor(now() / hourMs)
    onRefused(why, alarmed.get(why) !== hour)
    alarmed.set(why, hour)
    throw fault
  }
  const spansOf = (spans: Spans | undefined): Spans => ({
    hour: windowAt(spans?.hour, now(), hourMs),
    day: windowAt(spans?.day, now(), dayMs),
  })
  const full = (spans: Spans, hour: 'aNumberAnHour' | 'anHour', day: 'aNumberADay' | 'aDay') => {
    if (spans.day.count >= limits[day]) return { why: day, againMs: spans.day.since + dayMs }
    return spans.hour.count >= limits[hour] ? { why: hour, againMs: spans.hour.since + hourMs } : undefined
  }

  return {
    claim({ number, id, call, isService = false }) {
      const counted = reachedAs(number, rules)
      if (counted === undefined) return refuse('place', placeFault())
      if (rules.listed.has(number) || (id !== undefined && ids.has(id))) return
      const inCall = call === undefined ? 0 : (calls.get(call) ?? 0)
      if (limits.aCall !== undefined && inCall >= limits.aCall)
        refuse('aCall', oftenFault('of this call', undefined))
      const own = spansOf(numbers.get(counted))
      const whole = spansOf(all)
      const stop =
        (isService ? undefined : full(own, 'aNumberAnHour', 'aNumberADay')) ?? full(whole, 'anHour', 'aDay')
      if (stop)
        refuse(
          stop.why,
          oftenFault(stop.why.startsWith('aNumber') ? 'to this number' : 'in all', stop.againMs),
        )
      all = oneMore(whole)
      keep(numbers, counted, oneMore(own))
      if (call !== undefined) keep(calls, call, inCall + 1)
      if (id !== undefined) ids.add(id)
      for (const oldest of ids) if (ids.size > mostKept) ids.delete(oldest)
    },
    refused: () => refusals,
    trouble() {
      const stop = all && full(spansOf(all), 'anHour', 'aDay')
      return stop && `${limits[stop.why]} ${stop.why === 'aDay' ? 'a day' : 'an hour'} are reached`
    },
  }
}

const windowAt = (window: Window | undefined, nowMs: number, lengthMs: number): Window => {
  const since = Math.floor(nowMs / lengthMs) * lengthMs
  return window?.since === since ? window : { since, count: 0 }
}

const oneMore = ({ hour, day }: Spans): Spans => ({
  hour: { ...hour, count: hour.count + 1 },
  day: { ...day, count: day.count + 1 },
})

/** The last to be counted is the last to be forgotten. */
function keep<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key)
  kept.set(key, value)
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
}

const placeFault = () =>
  new Fault({
    code: 'reach-refused',
    place: 'number',
    found: 'a number that this city does not reach',
    expected:
      'one of the countries and beginnings in REACH_COUNTRIES and REACH_PREFIXES, no premium one; or a listed short one',
  })

const oftenFault = (what: string, againMs: number | undefined) =>
  new Fault({
    code: 'reach-too-often',
    place: 'number',
    found: `as many ${what} as may be`,
    expected: againMs === undefined ? 'another call' : `a pause until ${new Date(againMs).toISOString()}`,
  })
