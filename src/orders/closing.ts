import { checkChannel } from './channels/referring.ts'
import { checkOf } from './checking/check.ts'
import type { Command, Context, Decision } from './command.ts'
import { fault } from './faults.ts'
import type { Order } from './order.ts'
import { ofUnit, only } from './permit.ts'

export function close(
  order: Order,
  { result, words, evidence, told, channel }: Extract<Command, { do: 'close' }>,
  { by, rules, atMs }: Context,
): Decision {
  ofUnit(order.lead, by)
  const files = order.evidence.filter(({ cycle, given }) => cycle === order.cycle && !given)
  if (rules.categories.get(order.category)?.evidence && evidence.length + files.length === 0)
    throw fault(
      'evidence-missing',
      'evidence',
      'none',
      'at least one: this kind of matter is closed with evidence',
    )
  checkChannel({ result, channel }, rules)
  const check = checkOf(order, { result, words }, { rules, atMs, told })
  return only(order, { kind: 'closed', result, words, evidence, channel, check })
}

/** "Not solved" and the two worst ratings reopen the order, if that closing is still the latest. */
export function answer(order: Order, { do: _, ...given }: Extract<Command, { do: 'answer' }>): Decision {
  if (given.cycle > order.closings.length || given.cycle < 1)
    throw fault('answer-unasked', 'cycle', `closing ${given.cycle}`, `one of ${order.closings.length}`)
  const answered = only(order, { kind: 'answered', ...given })
  // A consultation answered at once has no lead, so there is no unit to reopen it for.
  if (order.lead === undefined) return answered
  const because = given.solved === 'no' ? 'not-solved' : (given.rating ?? 0) >= 4 ? 'dissatisfied' : undefined
  if (because === undefined || order.stage !== 'closed' || given.cycle !== order.cycle) return answered
  return {
    happenings: [...answered.happenings, { kind: 'reopened', because }],
    notices: [
      { kind: 'reopened', to: 'unit' },
      { kind: 'reopened', to: 'street' },
    ],
  }
}
