import type { Calendar } from '../city/index.ts'
import type { CallbackRules, OpenHours, Span } from './rules.ts'

const minuteMs = 60_000
const dayMs = 1440 * minuteMs
/** Further than any holidays go. */
const mostDays = 60

/** Midnight of the day that this instant is in, by the minutes of its own clock. */
const midnightOf = (atMs: number, calendar: Calendar) =>
  Math.floor(atMs / minuteMs) * minuteMs - calendar(atMs).minute * minuteMs

/** In order. */
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

/** When so much time in opening hours has passed; with none needed the first instant that is in them. */
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

/** How much of the time from the one to the other is in these hours; for spans of hours. */
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

/** The end of the part of the day that an instant is the last of: the morning at which people may be rung, or the end of opening hours. */
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

/** The hours of `open` in which a telephone wakes nobody. */
export function civilHours({ open, again }: Pick<CallbackRules, 'open' | 'again'>): OpenHours {
  if ('days' in open) {
    const { fromMinute, toMinute } = both(again, { fromMinute: open.fromMinute, toMinute: open.untilMinute })
    return { days: open.days, fromMinute, untilMinute: toMinute }
  }
  const { workday, restday, holiday } = open.byDay
  const civil = (spans: typeof workday) => spans.map(span => both(again, span))
  return { byDay: { workday: civil(workday), restday: civil(restday), holiday: civil(holiday) } }
}

/** Where they have nothing in common it ends before it begins, and holds no time. */
const both = (
  again: Span,
  { fromMinute, toMinute }: { readonly fromMinute: number; readonly toMinute: number },
) => ({
  fromMinute: Math.max(again.fromMinute, fromMinute),
  toMinute: Math.min(again.untilMinute, toMinute),
})

/** When they are rung again, by the tries so far: apart, at a civil hour, and not too often on one day. */
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

/** The first instant from then on in these hours. */
function within(atMs: number, span: Span, calendar: Calendar): number {
  return afterOpen(atMs, 0, { ...span, days: 'every' }, calendar)
}
