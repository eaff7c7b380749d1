import { placeTime } from '../city/index.ts'
import type { SurveyRules } from './rules.ts'

/** A half-day in local time, such as `2026-01-05 am`; it sorts by time. */
export type HalfDay = string

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export const halfDayOf = (atMs: number, { timeZone }: SurveyRules): HalfDay => {
  const { date, minute } = placeTime(atMs, timeZone)
  return `${date} ${minute < 12 * 60 ? 'am' : 'pm'}`
}

const spansOf = (elder: boolean, rules: SurveyRules) => {
  const { morning, afternoon } = elder ? rules.elderHours : rules.hours
  return [morning, afternoon] as const
}

/** Whether citizens may be rung at this moment. */
export function isPermitted(atMs: number, elder: boolean, rules: SurveyRules): boolean {
  const { minute } = placeTime(atMs, rules.timeZone)
  return spansOf(elder, rules).some(([from, until]) => minute >= from && minute < until)
}

/**
 * The first permitted moment from `atMs` on, outside the half-days in `used`. It counts minutes of the local clock;
 * a change to or from summer time shifts it by that hour at most.
 */
export function nextPermitted(
  atMs: number,
  elder: boolean,
  used: ReadonlySet<HalfDay>,
  rules: SurveyRules,
): number {
  for (let day = 0; day < 60; day++) {
    const { minute } = placeTime(atMs, rules.timeZone)
    const midnightMs = Math.floor(atMs / minuteMs) * minuteMs - minute * minuteMs + day * dayMs
    for (const [from, until] of spansOf(elder, rules)) {
      const beginMs = Math.max(atMs, midnightMs + from * minuteMs)
      if (beginMs < midnightMs + until * minuteMs && !used.has(halfDayOf(beginMs, rules))) return beginMs
    }
  }
  return atMs + 60 * dayMs
}
