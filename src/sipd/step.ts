import type { Event, Machine, Timer, Timing, TransactionEffect } from './transaction-state.ts'

/** Where a machine stands: its state, and when its clocks are due (in ms of the monotonic clock). */
export type SipStanding = {
  readonly state: string
  readonly repeat?: Alarm & { readonly intervalMs: number }
  readonly end?: Alarm
}
type Alarm = { readonly timer: Timer; readonly atMs: number }

export type WireTraits = { readonly timing: Timing; readonly reliable: boolean }
export type SipStep = { readonly standing: SipStanding; readonly effects: readonly TransactionEffect[] }

const none: readonly TransactionEffect[] = []

/** The first message has just gone out, or come in. */
export function begin(machine: Machine, nowMs: number, wire: WireTraits): SipStanding {
  return enter(machine, machine.first, undefined, nowMs, wire)
}

/** What an event does to a machine; one that its state does not know does nothing. */
export function step(
  machine: Machine,
  standing: SipStanding,
  event: Event,
  nowMs: number,
  wire: WireTraits,
): SipStep {
  const move = machine.phases[standing.state]?.on[event]
  if (!move) return { standing, effects: none }
  const [next, ...effects] = move
  return { standing: enter(machine, next, standing, nowMs, wire, event), effects }
}

/** The clock that is due at `nowMs`, the end before a repetition. */
export function dueTimer(standing: SipStanding, nowMs: number): Timer | undefined {
  if (standing.end && standing.end.atMs <= nowMs) return standing.end.timer
  return standing.repeat && standing.repeat.atMs <= nowMs ? standing.repeat.timer : undefined
}

/** When the next clock is due; infinity if none runs. */
export function nextDueMs(standing: SipStanding): number {
  return Math.min(
    standing.repeat?.atMs ?? Number.POSITIVE_INFINITY,
    standing.end?.atMs ?? Number.POSITIVE_INFINITY,
  )
}

function enter(
  machine: Machine,
  state: string,
  last: SipStanding | undefined,
  nowMs: number,
  wire: WireTraits,
  event?: Event,
): SipStanding {
  const phase = machine.phases[state]
  if (!phase) return { state }
  const { repeat, end } = phase
  const standing: { state: string; repeat?: Alarm & { intervalMs: number }; end?: Alarm } = { state }
  if (repeat && (repeat.always || !wire.reliable)) {
    const running = last?.repeat?.timer === repeat.timer ? last.repeat : undefined
    const firstMs = repeat.firstMs(wire.timing)
    if (running && event !== repeat.timer) standing.repeat = running
    else {
      const intervalMs = running
        ? Math.max(firstMs, Math.min(2 * running.intervalMs, repeat.longestMs(wire.timing)))
        : firstMs
      // From when it was due, not from now: lateness must not add up.
      const atMs = (running?.atMs ?? nowMs) + intervalMs
      standing.repeat = { timer: repeat.timer, atMs, intervalMs }
    }
  }
  if (end) {
    const running = last?.end?.timer === end.timer && !end.restarts ? last.end : undefined
    const afterMs = end.onlyUnreliable && wire.reliable ? 0 : end.afterMs(wire.timing)
    standing.end = running ?? { timer: end.timer, atMs: nowMs + afterMs }
  }
  return standing
}
