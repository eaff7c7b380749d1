import type { Calendar } from '../city/index.ts'
import type { CallbackCommand } from './api.ts'
import { type Callback, mostTries, ringingOf } from './callback.ts'
import { fault } from './faults.ts'
import type { Again, CallbackHappening } from './happening.ts'
import { afterOpen, nextTryAt } from './hours.ts'
import { afterRingable, quietUntil } from './night.ts'
import type { CallbackRules } from './rules.ts'

/** The actor: a member of staff by name, or the system. */
export type CallbackActor = { readonly person: string; readonly isSupervisor: boolean }
export const houseActor: CallbackActor = { person: 'jieting', isSupervisor: true }

export type Surroundings = {
  readonly by: CallbackActor
  readonly atMs: number
  readonly rules: CallbackRules
  readonly calendar: Calendar
}

/**
 * The lights of a limit that starts now, as for orders: yellow after three quarters. Only time in which they may be
 * rung counts.
 * @param invitedAtMs when they rang and so were awake; absent if they did not just ring
 * @param limitMs `findMs` of the rules if there is no number to ring
 */
export function limitsFrom(
  startMs: number,
  { rules, calendar }: Pick<Surroundings, 'rules' | 'calendar'>,
  invitedAtMs?: number,
  limitMs = rules.limitMs,
) {
  const after = (neededMs: number) => afterRingable(startMs, neededMs, invitedAtMs, rules, calendar)
  return { yellowAtMs: after(limitMs * 0.75), redAtMs: after(limitMs) }
}

/** That their telephone is about to ring, and the outcome of ringing, as far as a machine can tell. */
export type RingNews =
  | { readonly do: 'ring' }
  | { readonly do: 'not-rung'; readonly why: string }
  | { readonly do: 'unanswered' }
  /** The holder got nowhere with it, by no fault of the citizen. */
  | { readonly do: 'let-go'; readonly why: string }

/**
 * The events that follow from an act; none if nothing changes.
 * @throws Fault `callback-closed`, `callback-taken`, `callback-not-taken`, `callback-not-to-be-rung`,
 * `callback-too-early`, `callback-order-missing`
 */
export function decide(
  callback: Callback,
  command: CallbackCommand | RingNews,
  around: Surroundings,
): readonly CallbackHappening[] {
  const { person } = around.by
  if (callback.state === 'closed')
    throw fault('callback-closed', 'callback', `one that is closed: ${callback.end}`, 'one that is owed')
  switch (command.do) {
    case 'take':
      if (callback.state === 'open') return [{ kind: 'taken' }]
      if (callback.takenBy === person) return []
      throw takenFault(callback)
    case 'give-back':
      checkHolder(callback, around)
      return released(callback, around.rules)
    case 'not-rung':
      return callback.state === 'ringing' ? [{ kind: 'not-rung', why: command.why }] : []
    case 'unanswered':
      return callback.state === 'ringing' ? [{ kind: 'unanswered', ...again(callback.tries, around) }] : []
    case 'let-go':
      if (callback.state === 'open' || callback.takenBy !== person) return []
      if (callback.state === 'ringing') return [{ kind: 'not-rung', why: command.why }]
      return callback.state === 'talking'
        ? [cutOff(callback, around.rules, true)]
        : released(callback, around.rules)
    case 'ring': {
      if (callback.takenBy !== person) checkHolder(callback, { by: { person, isSupervisor: false } })
      const { by, because } = ringingOf(callback)
      if (by === 'nobody') throw unringableFault(because)
      if (callback.tries.length >= mostTries(callback, around.rules))
        throw unringableFault('tried often enough')
      if (isEarly(callback, around.atMs)) throw earlyFault()
      return [{ kind: 'rung' }]
    }
    case 'end':
      checkHolder(callback, around)
      return ended(callback, command, around)
  }
}

function ended(
  callback: Callback,
  { result, order }: Extract<CallbackCommand, { do: 'end' }>,
  around: Surroundings,
): readonly CallbackHappening[] {
  const { atMs, by, rules } = around
  // The holder may have rung from a telephone of their own.
  const isTry = callback.state === 'taken' && !isEarly(callback, atMs)
  if (result === 'order-made') {
    if (order === undefined) throw orderFault()
    return [{ kind: 'closed', end: result, order, isTry }]
  }
  if (result !== 'nobody') return [{ kind: 'closed', end: result, isTry: isTry && result !== 'gave-up' }]
  if (isEarly(callback, atMs) && callback.state === 'taken') throw earlyFault()
  const tries = isTry ? [...callback.tries, { atMs, by: by.person }] : callback.tries
  if (tries.length >= mostTries(callback, rules)) return [{ kind: 'closed', end: 'gave-up', isTry }]
  return [{ kind: 'nobody', ...again(tries, around) }]
}

function again(tries: Callback['tries'], { atMs, rules, calendar }: Surroundings): Again {
  const notBeforeMs = nextTryAt(tries, atMs, rules, calendar)
  return { notBeforeMs, ...limitsFrom(notBeforeMs, { rules, calendar }) }
}

/**
 * The citizen is owed it still: an attempt that was their last one does not count.
 * @param isMissed whether they waited for a person as the call ended; otherwise they were cut off while they talked
 */
export const cutOff = (callback: Callback, rules: CallbackRules, isMissed: boolean): CallbackHappening => ({
  kind: 'given-back',
  isMissed,
  isSpared: callback.tries.length >= mostTries(callback, rules),
})

/**
 * Frees the callback. If it has used up its attempts, it is closed instead: served if they had talked, otherwise
 * given up.
 */
function released(callback: Callback, rules: CallbackRules): readonly CallbackHappening[] {
  if (callback.tries.length < mostTries(callback, rules)) return [{ kind: 'given-back' }]
  return [{ kind: 'closed', end: callback.state === 'talking' ? 'served' : 'gave-up' }]
}

/** What changes by time alone: lights, and leases that ran out. */
export function overTime(callback: Callback, { atMs, rules }: Surroundings): readonly CallbackHappening[] {
  if (callback.state === 'closed') return []
  const { warned, yellowAtMs, redAtMs, leaseUntilMs } = callback
  const light = atMs >= redAtMs ? 'red' : atMs >= yellowAtMs ? 'yellow' : undefined
  const isNews = light !== undefined && light !== warned && warned !== 'red'
  const isLeft = leaseUntilMs !== undefined && atMs >= leaseUntilMs
  return [
    ...(isNews ? [{ kind: 'warned', light } as const] : []),
    ...(isLeft ? released(callback, rules) : []),
  ]
}

/**
 * Whether the hotline may ring them by itself now: the number rang us, they want it and have not talked with us, it is
 * due, and at night only if they are awake.
 */
export function isLeadable(callback: Callback, { atMs, rules, calendar }: Omit<Surroundings, 'by'>): boolean {
  const { state, tries, losses, notBeforeMs = 0 } = callback
  if (state !== 'open' || callback.unwilling !== undefined || ringingOf(callback).because !== 'rang-us')
    return false
  if (tries.length >= mostTries(callback, rules) || notBeforeMs > atMs) return false
  if (afterOpen(atMs, 0, rules.open, calendar) > atMs) return false
  if (quietUntil(callback, atMs, rules, calendar) !== undefined) return false
  const last = tries.at(-1)
  // A caller who rang again since the last attempt is at their telephone.
  return (
    last === undefined ||
    losses.some(loss => loss.atMs > last.atMs) ||
    nextTryAt(tries, last.atMs, rules, calendar) <= atMs
  )
}

/** When time alone changes something next; undefined if nothing does. */
export function nextMarkAt(callback: Callback, nowMs: number): number | undefined {
  if (callback.state === 'closed') return undefined
  const { warned, yellowAtMs, redAtMs, notBeforeMs = 0, leaseUntilMs } = callback
  const marks = [
    ...(warned === undefined ? [yellowAtMs] : []),
    ...(warned === 'red' ? [] : [redAtMs]),
    ...(callback.state === 'open' && notBeforeMs > nowMs ? [notBeforeMs] : []),
    ...(leaseUntilMs === undefined ? [] : [leaseUntilMs]),
  ]
  return marks.length === 0 ? undefined : Math.min(...marks)
}

function checkHolder(callback: Callback, { by }: Pick<Surroundings, 'by'>) {
  if (callback.state === 'open')
    throw fault('callback-not-taken', 'callback', 'one that nobody has', 'one that you took')
  if (callback.takenBy !== by.person && !by.isSupervisor) throw takenFault(callback)
}

const takenFault = ({ takenBy = 'somebody' }: Callback) =>
  fault('callback-taken', 'callback', `one that ${takenBy} has`, 'one that nobody else has')

/** Attempts are spread over two days, so that they cannot be used up within a minute. */
const isEarly = ({ notBeforeMs = 0 }: Callback, atMs: number) => notBeforeMs > atMs

const earlyFault = () =>
  fault(
    'callback-too-early',
    'callback',
    'one that was rung a short while ago',
    'one whose time to be rung again has come',
  )

/** Why it is not rung, as the page shows. */
export const unringableFault = (found: string) =>
  fault(
    'callback-not-to-be-rung',
    'number',
    found,
    'a number that may be rung: hear the message, or end it otherwise',
  )

const orderFault = () =>
  fault('callback-order-missing', 'order', 'nothing', 'the number of the order that was made')
