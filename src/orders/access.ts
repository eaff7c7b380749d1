import type { Command, Decision, Giving } from './command.ts'
import type { Actor } from './event.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { asked, known, ofHelper, ofUnit, only } from './permit.ts'
import type { OrderRules } from './rules.ts'

/** The lead or the centre asks a unit to help, or asks it no longer; the reason stands in the order, where both read it. */
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
  return only(order, { kind: 'granted', unit, words }, [asked(unit)])
}

/** Somebody who works on it wants to see the citizen's number, and says what for. */
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
