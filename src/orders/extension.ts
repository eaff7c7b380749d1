import type { Command, Context, Decision } from './command.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { ofUnit, only } from './permit.ts'

export function askExtension(
  order: Order,
  { days, reason }: Extract<Command, { do: 'ask-extension' }>,
  { by, rules }: Context,
): Decision {
  ofUnit(order.lead, by)
  const { mostDays, times } = rules.profile.extension
  if (order.asked) throw fault('extension-asked', 'order', 'an extension asked for', 'one at a time')
  if (order.extensions.length >= times)
    throw fault('extension-refused', 'order', `${order.extensions.length} extensions`, `at most ${times}`)
  if (days > mostDays) throw fault('extension-refused', 'days', `${days} days`, `at most ${mostDays}`)
  return only(order, { kind: 'extension-asked', days, reason })
}

export function decideExtension(
  order: Order,
  { granted, words }: Extract<Command, { do: 'decide-extension' }>,
): Decision {
  if (!order.asked) throw fault('extension-not-asked', 'order', 'no extension asked for', 'one')
  return only(order, { kind: 'extension-decided', granted, words, days: granted ? order.asked.days : 0 })
}
