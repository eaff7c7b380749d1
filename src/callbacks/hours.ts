import type { Calendar } from '../city/index.ts'
import type { CallbackRules, OpenHours, Span } from './rules.ts'

const minuteMs = 60_000
const dayMs = 1440 * minuteMs
/** Longer than any holidays. */
const mostDays = 60

/** Local midnight of the day of this moment. */
const midnightOf = (atMs: number, calendar: Calendar) =>
  Math.floor(atMs / minuteMs) * minuteMs - calendar(atMs).minute * minuteMs

/** The opening spans of a day, in order. */
function spansOn(atMs: number, hours: OpenHours, calendar: Calendar) {
  const midnightMs = midnightOf(atMs, calendar)
  return spansOf(hours, calendar(atMs).day).map(({ fromMinute, untilMinute }) => ({
    fromMs: midnightMs + fromMinute * minuteMs,
    untilMs: midnightMs + untilMinute * minuteMs,
  }))
}

function spansOf(hours: OpenHours, day: ReturnType<Calendar>['day']): readonly Span[] {
  if ('days' in hours) return hours.days === 'every' || day === 'workday' ? [hours] : []
  return hours.byDay[day]
    .map(({ fromMinute, toMinute }) => ({ fromMinute, untilMinute: toMinute }))
    .toSorted((one, other) => one.fromMinute - other.fromMinute)
}

/** When `neededMs` of opening time have passed; with 0, the first moment within opening hours. */
export function afterOpen(startMs: number, neededMs: number, hours: OpenHours, calendar: Calendar): number {
  let atMs = startMs
  let leftMs = neededMs
  for (let day = 0; day < mostDays; day++) {
    for (const span of spansOn(atMs, hours, calendar)) {
      const fromMs = Math.max(atMs, span.fromMs)
      if (fromMs < span.untilMs && leftMs <= span.untilMs - fromMs) return fromMs + leftMs
      leftMs -= Math.max(0, span.untilMs - fromMs)
    }
    atMs = midnightOf(atMs, calendar) + dayMs
  }
  return atMs
}

/** How much of a period lies in opening hours; for periods of hours. */
export function openBetween(fromMs: number, untilMs: number, hours: OpenHours, calendar: Calendar): number {
  let openMs = 0
  let atMs = fromMs
  for (let day = 0; day < mostDays && atMs < untilMs; day++) {
    for (const span of spansOn(atMs, hours, calendar))
      openMs += Math.max(0, Math.min(untilMs, span.untilMs) - Math.max(atMs, span.fromMs))
    atMs = midnightOf(atMs, calendar) + dayMs
  }
  return openMs
}

/**
 * The end of the part of the day that this moment ends or lies in: the morning hour from which people may be rung,
 * or the end of opening hours.
 */
export function partEnd(
  atMs: number,
  { open, again }: Pick<CallbackRules, 'open' | 'again'>,
  calendar: Calendar,
): number {
  const lastMs = atMs - 1
  const endMs = spansOn(lastMs, open, calendar).find(({ untilMs }) => untilMs >= atMs)?.untilMs ?? atMs
  const morningMs = midnightOf(lastMs, calendar) + again.fromMinute * minuteMs
  return atMs <= morningMs && morningMs < endMs ? morningMs : endMs
}

/** The part of the opening hours in which a telephone wakes nobody. */
export function civilHours({ open, again }: Pick<CallbackRules, 'open' | 'again'>): OpenHours {
  if ('days' in open) {
    const { fromMinute, toMinute } = both(again, { fromMinute: open.fromMinute, toMinute: open.untilMinute })
    return { days: open.days, fromMinute, untilMinute: toMinute }
  }
  const { workday, restday, holiday } = open.byDay
  const civil = (spans: typeof workday) => spans.map(span => both(again, span))
  return { byDay: { workday: civil(workday), restday: civil(restday), holiday: civil(holiday) } }
}

/** The common part of two spans; without one it ends before it begins and holds no time. */
const both = (
  again: Span,
  { fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number },
) => ({
  fromMinute: Math.max(again.fromMinute, fromMinute),
  toMinute: Math.min(again.untilMinute, toMinute),
})

/** The time of the next attempt, given those so far: apart, at a decent hour, and not too often on one day. */
export function nextTryAt(
  tries: readonly { readonly atMs: number }[],
  nowMs: number,
  { again, apartMs, triesADay }: Pick<CallbackRules, 'again' | 'apartMs' | 'triesADay'>,
  calendar: Calendar,
): number {
  const { date } = calendar(nowMs)
  const today = tries.filter(({ atMs }) => calendar(atMs).date === date).length
  const fromMs = today < triesADay ? nowMs + apartMs : midnightOf(nowMs, calendar) + dayMs
  return within(fromMs, again, calendar)
}

/** The first moment from then on within these hours. */
function within(atMs: number, span: Span, calendar: Calendar): number {
  return afterOpen(atMs, 0, { ...span, days: 'every' }, calendar)
}
