import type { Calendar } from '../city/index.ts'
import type { CallbackCommand } from './api.ts'
import { type Callback, mostTries, ringingOf } from './callback.ts'
import { fault } from './faults.ts'
import type { CallbackHappening } from './happening.ts'
import { afterOpen, nextTryAt } from './hours.ts'
import type { CallbackRules } from './rules.ts'

/** Who acts: a member of the staff by name, or the house. */
export type CallbackActor = { readonly person: string; readonly isSupervisor: boolean }
export const houseActor: CallbackActor = { person: 'jieting', isSupervisor: true }

export type Surroundings = {
  readonly by: CallbackActor
  readonly atMs: number
  readonly rules: CallbackRules
  readonly calendar: Calendar
}

/** The lights of a limit that begins now, as orders have them: yellow when three quarters are used up. */
export function limitsFrom(startMs: number, { rules, calendar }: Pick<Surroundings, 'rules' | 'calendar'>) {
  const { limitMs, open } = rules
  return {
    yellowAtMs: afterOpen(startMs, limitMs * 0.75, open, calendar),
    redAtMs: afterOpen(startMs, limitMs, open, calendar),
  }
}

/**
 * What comes of it that somebody acts; nothing when it is so already.
 * @throws Fault `callback-closed`, `callback-taken`, `callback-not-taken`, `callback-not-to-be-rung`,
 * `callback-order-missing`
 */
export function decide(
  callback: Callback,
  command: CallbackCommand,
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
      return [{ kind: 'given-back' }]
    case 'ring': {
      if (callback.takenBy !== person) checkHolder(callback, { by: { person, isSupervisor: false } })
      const { by, because } = ringingOf(callback)
      if (by === 'nobody') throw unringableFault(because)
      if (callback.tries.length >= mostTries(callback, around.rules))
        throw unringableFault('tried often enough')
      return callback.state === 'ringing' ? [] : [{ kind: 'rung' }]
    }
    case 'end':
      checkHolder(callback, around)
      return ended(callback, command, around)
  }
}

function ended(
  callback: Callback,
  { result, order }: Extract<CallbackCommand, { do: 'end' }>,
  { atMs, by, rules, calendar }: Surroundings,
): readonly CallbackHappening[] {
  // Whoever took it may have rung by a telephone of their own.
  const isTry = callback.state !== 'ringing'
  if (result === 'order-made') {
    if (order === undefined) throw orderFault()
    return [{ kind: 'closed', end: result, order, isTry }]
  }
  if (result !== 'nobody') return [{ kind: 'closed', end: result, isTry: isTry && result !== 'gave-up' }]
  const tries = isTry ? [...callback.tries, { atMs, by: by.person }] : callback.tries
  if (tries.length >= mostTries(callback, rules)) return [{ kind: 'closed', end: 'gave-up', isTry }]
  const notBeforeMs = nextTryAt(tries, atMs, rules, calendar)
  return [{ kind: 'nobody', notBeforeMs, ...limitsFrom(notBeforeMs, { rules, calendar }) }]
}

/** What time does of itself: lights, and one that somebody took and left lying. */
export function overTime(callback: Callback, { atMs, rules }: Surroundings): readonly CallbackHappening[] {
  if (callback.state === 'closed') return []
  const { warned, yellowAtMs, redAtMs, takenAtMs = atMs } = callback
  const light = atMs >= redAtMs ? 'red' : atMs >= yellowAtMs ? 'yellow' : undefined
  const isNews = light !== undefined && light !== warned && warned !== 'red'
  const isLeft = callback.state === 'taken' && atMs - takenAtMs >= rules.takenMs
  return [
    ...(isNews ? [{ kind: 'warned', light } as const] : []),
    ...(isLeft ? [{ kind: 'given-back' } as const] : []),
  ]
}

/** When it is next to be looked at, of itself; undefined when nothing changes by time. */
export function nextMarkAt(callback: Callback, nowMs: number, rules: CallbackRules): number | undefined {
  if (callback.state === 'closed') return undefined
  const { warned, yellowAtMs, redAtMs, notBeforeMs = 0, takenAtMs = 0 } = callback
  const marks = [
    ...(warned === undefined ? [yellowAtMs] : []),
    ...(warned === 'red' ? [] : [redAtMs]),
    ...(callback.state === 'open' && notBeforeMs > nowMs ? [notBeforeMs] : []),
    ...(callback.state === 'taken' ? [takenAtMs + rules.takenMs] : []),
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

const unringableFault = (found: string) =>
  fault(
    'callback-not-to-be-rung',
    'number',
    found,
    'a number that may be rung: hear the message, or end it otherwise',
  )

const orderFault = () =>
  fault('callback-order-missing', 'order', 'nothing', 'the number of the order that was made')
