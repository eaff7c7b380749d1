/** The limits of a simulated city: what its books go by, and what the product is given as its rules. */

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const urgencies = ['urgent', 'livelihood', 'general', 'complex'] as const
export type Urgency = (typeof urgencies)[number]
type ByUrgency = Readonly<Record<Urgency, number>>

const by = (unitMs: number, ...[urgent, livelihood, general, complex]: [number, number, number, number]) => ({
  urgent: urgent * unitMs,
  livelihood: livelihood * unitMs,
  general: general * unitMs,
  complex: complex * unitMs,
})
export const limits = {
  handling: by(hourMs, 2, 24, 7 * 24, 15 * 24),
  dispatch: by(hourMs, 1, 2, 24, 24),
  sign: by(minuteMs, 15, 120, 24 * 60, 24 * 60),
  review: by(minuteMs, 30, 120, 12 * 60, 24 * 60),
  help: by(hourMs, 1, 12, 72, 168),
  instruction: by(minuteMs, 30, 240, 24 * 60, 48 * 60),
} satisfies Readonly<Record<string, ByUrgency>>
/** Of any urgency: until an old caller hears something, and until a person rings whose order was opened again. */
export const feedbackMs = dayMs
export const personMs = dayMs
export const mostReturns = 3
/** Later no unit may send an order on. */
export const returnsWithinMs = dayMs

/** At these shares of a limit somebody is told; from 100 on a level of supervision has it, one more each 50. */
export const marks = [50, 75, 100, 150, 200] as const
export const levels = ['street', 'district', 'city'] as const
export type Level = (typeof levels)[number]
export const points = { overdue: 1, 'false-close': 5, 'push-away': 2 } as const

/** Where people of a unit, and those who watch over it, are told. */
export type Phones = {
  readonly unit: (unit: string) => string
  readonly street: (unit: string) => string
  readonly district: string
  readonly city: string
  readonly dispatch: string
}
