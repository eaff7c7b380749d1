import type { Command, Decision, Giving } from './command.ts'
import type { Actor } from './event.ts'
import { fault } from './faults.ts'
import { isOpen } from './helping/task.ts'
import type { Limit } from './limit.ts'
import type { Order } from './order.ts'
import { asked, known, ofHelper, ofUnit, only } from './permit.ts'
import type { OrderRules } from './rules.ts'

/**
 * The lead or the centre asks a unit to help, or withdraws that. The reason stands in the order, where both read
 * it.
 */
export function grant(
  order: Order,
  command: Extract<Command, { do: 'grant' | 'end-grant' }>,
  { by, rules }: Giving & { readonly rules: OrderRules },
): Decision {
  if (by.role !== 'supervisor') ofUnit(order.lead, by)
  const unit = known(rules.units, command.unit, 'unit').id
  const { words } = command
  const isGranted = order.grants.some(one => one.unit === unit)
  if (command.do === 'end-grant') {
    if (!isGranted) throw fault('nothing-changes', 'unit', `"${unit}", which does not help`, 'one that helps')
    return only(order, { kind: 'grant-ended', unit, words })
  }
  if (isGranted || unit === order.unit || unit === order.lead)
    throw fault('nothing-changes', 'unit', `"${unit}", which reads it already`, 'another unit')
  const { hours } = command
  const limit: Limit =
    hours === undefined ? rules.profile.help[order.urgency] : { measure: 'natural', ms: hours * 3_600_000 }
  return only(order, { kind: 'granted', unit, words, limit }, [asked(unit)])
}

/**
 * A co-unit reports that it has done its task. It keeps reading the order, and may be asked again once the grant is
 * ended.
 */
export function answerHelp(
  order: Order,
  { words }: Extract<Command, { do: 'answer-help' }>,
  by: Actor,
): Decision {
  const unit = ofHelper(order, by)
  const task = order.tasks.findLast(one => one.unit === unit && isOpen(one))
  if (!task) throw fault('help-not-asked', 'order', 'no task of your unit', 'one that it was asked for')
  // A contact for the lead comes before any answer (首接负责: co-units name a contact).
  if (!task.contact) throw fault('help-not-asked', 'order', 'a task without a contact', 'the contact first')
  return only(order, { kind: 'helped', unit, words }, [{ kind: 'helped', to: 'unit', unit }])
}

/** Somebody who works on the order asks to see the citizen's number, and says why. */
export function reveal(order: Order, { words }: Extract<Command, { do: 'reveal' }>, by: Actor): Decision {
  const unit = ofHelper(order, by)
  if (order.confidential)
    throw fault(
      'order-confidential',
      'order',
      'a confidential order',
      'the centre, which reaches the citizen',
    )
  return only(order, { kind: 'revealed', unit, words })
}
