import type { Calendar } from '../../city/index.ts'
import type { Urgency } from '../api.ts'
import type { Notice } from '../command.ts'
import type { TextRules } from './rules.ts'

/** Notices that tend to come in numbers. A call to act is texted separately, by day. */
const warnings: readonly Notice['kind'][] = ['warning', 'help-warning', 'instruction-waits']

/** The window in which a text is sent together with others; undefined to send it separately, at once. */
export function windowAt(
  kind: Notice['kind'],
  urgency: Urgency,
  { from, until, atOnce, togetherMinutes }: TextRules,
  atMs: number,
  calendar: Calendar,
): number | undefined {
  if (atOnce.includes(urgency)) return undefined
  const { minute } = calendar(atMs)
  const midnightMs = Math.floor(atMs / minuteMs) * minuteMs - minute * minuteMs
  const [first, last] = [minutesOf(from), minutesOf(until)]
  if (minute < first) return midnightMs + first * minuteMs
  const nextMorningMs = midnightMs + (1440 + first) * minuteMs
  if (minute >= last) return nextMorningMs
  if (togetherMinutes === 0 || !warnings.includes(kind)) return undefined
  const end = (Math.floor(minute / togetherMinutes) + 1) * togetherMinutes
  return end > last ? nextMorningMs : midnightMs + end * minuteMs
}

/** The next window after a moment, by day or in the morning. */
export function nextWindow(
  { from, until, togetherMinutes }: TextRules,
  atMs: number,
  calendar: Calendar,
): number {
  const always = { from, until, atOnce: [], togetherMinutes: togetherMinutes || 1 }
  return windowAt('warning', 'general', always, atMs, calendar) ?? atMs
}

const minuteMs = 60_000
const minutesOf = (written: string) => Number(written.slice(0, 2)) * 60 + Number(written.slice(3))
