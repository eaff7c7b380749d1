import type { Cancel, Clock } from '../foundation/index.ts'
import { begin, dueTimer, nextDueMs, type SipStep, step, type WireTraits } from './step.ts'
import type { Event, Machine, TransactionEffect } from './transaction-state.ts'

/** A machine with its clock: told events, it performs effects until it is terminated. */
export type Running = {
  tell(event: Event): void
  state(): string
  /** Ends it at once, without an effect. */
  stop(): void
}

/**
 * @param perform carries out one effect.
 * @param ended called once, when the machine has terminated or was stopped.
 */
export function run(
  machine: Machine,
  clock: Clock,
  wire: WireTraits,
  perform: (effect: TransactionEffect) => void,
  ended: () => void,
): Running {
  let standing = begin(machine, clock.monotonicMs(), wire)
  let alarm: { readonly atMs: number; readonly cancel: Cancel } | undefined
  let over = false

  const finish = () => {
    if (over) return
    over = true
    alarm?.cancel()
    ended()
  }
  const settle = (outcome: SipStep) => {
    standing = outcome.standing
    for (const effect of outcome.effects) perform(effect)
    if (over) return
    if (machine.phases[standing.state]) setAlarm()
    else finish()
  }
  const setAlarm = () => {
    const atMs = nextDueMs(standing)
    if (alarm?.atMs === atMs) return
    alarm?.cancel()
    alarm =
      atMs === Number.POSITIVE_INFINITY
        ? undefined
        : { atMs, cancel: clock.after(Math.max(0, atMs - clock.monotonicMs()), ring) }
  }
  const ring = () => {
    alarm = undefined
    const nowMs = clock.monotonicMs()
    const timer = dueTimer(standing, nowMs)
    if (timer) settle(step(machine, standing, timer, nowMs, wire))
    else setAlarm()
  }

  setAlarm()
  return {
    tell(event) {
      if (!over) settle(step(machine, standing, event, clock.monotonicMs(), wire))
    },
    state: () => standing.state,
    stop: finish,
  }
}
