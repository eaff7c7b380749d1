import { type Clock, type Log, reasonOf } from '../../foundation/index.ts'
import { type Database, follow } from '../../storage/index.ts'
import type { OrderActions } from '../actions.ts'
import type { OrderRules } from '../rules.ts'
import { selectOpenOf } from '../store.ts'
import { moveToSuccessors } from './succession.ts'

/**
 * Changes of the rules of units are notified on this channel; a version that takes effect later is not, hence the
 * polling.
 */
const channel = 'rule_uses'
const everyMs = 60_000

type Dependencies = {
  readonly database: Database
  readonly rules: Pick<OrderRules, 'units'>
  readonly clock: Clock
  readonly log: Log
  readonly act: OrderActions['act']
}

/** Moves a dissolved unit's open orders to its successor, within a minute, on whichever node looks first. */
export function followSuccession({ database, rules, clock, log, act }: Dependencies) {
  return follow({
    database,
    channel,
    everyMs,
    clock,
    look: () =>
      moveToSuccessors({ rules, act, openOf: (units, most) => selectOpenOf(database, units, most) }),
    missed: error =>
      log.warn({ reason: reasonOf(error) }, 'orders of a unit that was dissolved were not moved'),
  })
}
