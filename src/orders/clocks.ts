import type { Calendar } from '../city/index.ts'
import type { ClockName, Light } from './api.ts'
import { type Limit, reachedAt } from './limit.ts'
import { openReturn, type Returning } from './returning/returning.ts'

/** One running limit of an order. It starts once and is never reset. */
export type OrderClock = {
  readonly name: ClockName
  readonly startMs: number
  readonly limit: Limit
  /** When its task was done; absent while it runs. */
  readonly doneAtMs?: number
}

/**
 * Percentages of a limit at which somebody is told: 50 reminds the handler, 75 turns the light yellow, 100 red with
 * the street's supervision; 150 brings in the district's and 200 the city's.
 */
export const marks = [50, 75, 100, 150, 200] as const
export type Mark = (typeof marks)[number]

/** The level of supervision: 0 before the deadline. */
export const levelOf = (percent: number): 0 | 1 | 2 | 3 =>
  percent >= 200 ? 3 : percent >= 150 ? 2 : percent >= 100 ? 1 : 0

export const markAt = ({ startMs, limit }: OrderClock, percent: number, calendar: Calendar) =>
  reachedAt(startMs, limit, percent / 100, calendar)

export const dueAt = (clock: OrderClock, calendar: Calendar) => markAt(clock, 100, calendar)

/**
 * The centre's own clocks, which do not affect the unit's light. Before an order has a unit, its dispatch clock is
 * the only one that runs.
 */
const centres: readonly ClockName[] = ['person', 'review', 'site']
export const isOfCentre = ({ name }: Pick<OrderClock, 'name'>) => centres.includes(name)

/** The running clocks that decide the light. */
export const runningOf = (clocks: readonly OrderClock[]) =>
  clocks.filter(clock => clock.doneAtMs === undefined && !isOfCentre(clock))

/** The centre's deadline for deciding a return or checking the site; undefined if no return is open. */
export function reviewDueAt(
  {
    clocks,
    returnings,
  }: { readonly clocks: readonly OrderClock[]; readonly returnings: readonly Returning[] },
  calendar: Calendar,
): number | undefined {
  if (!openReturn(returnings)) return undefined
  const runs = clocks.find(
    ({ name, doneAtMs }) => (name === 'review' || name === 'site') && doneAtMs === undefined,
  )
  return runs && dueAt(runs, calendar)
}

/** When the light turns yellow and red: the earliest over all running clocks; empty if none runs. */
export function lightsOf(clocks: readonly OrderClock[], calendar: Calendar) {
  const running = runningOf(clocks)
  if (running.length === 0) return {}
  return {
    yellowAtMs: Math.min(...running.map(clock => markAt(clock, 75, calendar))),
    redAtMs: Math.min(...running.map(clock => dueAt(clock, calendar))),
  }
}

export const lightAt = (
  { yellowAtMs = Number.POSITIVE_INFINITY, redAtMs = Number.POSITIVE_INFINITY },
  atMs: number,
): Light => (atMs >= redAtMs ? 'red' : atMs >= yellowAtMs ? 'yellow' : 'green')

/** How long after its deadline it was done, or has been overdue; 0 in time. */
export const latenessMs = (clock: OrderClock, atMs: number, calendar: Calendar) =>
  Math.max(0, (clock.doneAtMs ?? atMs) - dueAt(clock, calendar))

/** Stops the named clocks; those already done stay as they are. */
export const done = (clocks: readonly OrderClock[], doneAtMs: number, ...names: readonly ClockName[]) =>
  clocks.map(clock =>
    names.includes(clock.name) && clock.doneAtMs === undefined ? { ...clock, doneAtMs } : clock,
  )
