import type { Calendar } from '../city/index.ts'
import type { ClockName, Light } from './api.ts'
import { type Limit, reachedAt } from './limit.ts'
import { openReturn, type Returning } from './returning/returning.ts'

/** One limit that runs for an order. It begins once and is never wound back. */
export type OrderClock = {
  readonly name: ClockName
  readonly startMs: number
  readonly limit: Limit
  /** When what it waits for was done; absent while it runs. */
  readonly doneAtMs?: number
}

/**
 * Shares of a limit, in percent, at which somebody is told: the handler is reminded (50), the light turns yellow (75) and
 * red (100) with the street's supervision; the district's (150) and the city's (200) follow.
 */
export const marks = [50, 75, 100, 150, 200] as const
export type Mark = (typeof marks)[number]

/** 0 until the deadline, then the level of supervision that has it. */
export const levelOf = (percent: number): 0 | 1 | 2 | 3 =>
  percent >= 200 ? 3 : percent >= 150 ? 2 : percent >= 100 ? 1 : 0

export const markAt = ({ startMs, limit }: OrderClock, percent: number, calendar: Calendar) =>
  reachedAt(startMs, limit, percent / 100, calendar)

export const dueAt = (clock: OrderClock, calendar: Calendar) => markAt(clock, 100, calendar)

/** The centre's own beside a unit's work: no light of the unit's goes by them. Its dispatch is all that runs before there is a unit. */
const centres: readonly ClockName[] = ['person', 'review', 'site']
export const isOfCentre = ({ name }: Pick<OrderClock, 'name'>) => centres.includes(name)

/** The clocks that lights go by. */
export const runningOf = (clocks: readonly OrderClock[]) =>
  clocks.filter(clock => clock.doneAtMs === undefined && !isOfCentre(clock))

/** Until when the centre has to decide a return, or to have looked at the place; undefined where it has nothing to decide. */
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

/** The soonest yellow and the soonest red of all that runs; none when nothing does. */
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

/** How long after its deadline it was done, or is not done yet; 0 in time. */
export const latenessMs = (clock: OrderClock, atMs: number, calendar: Calendar) =>
  Math.max(0, (clock.doneAtMs ?? atMs) - dueAt(clock, calendar))

/** They wait no longer for what was done; those that were done already stay as they were. */
export const done = (clocks: readonly OrderClock[], doneAtMs: number, ...names: readonly ClockName[]) =>
  clocks.map(clock =>
    names.includes(clock.name) && clock.doneAtMs === undefined ? { ...clock, doneAtMs } : clock,
  )
