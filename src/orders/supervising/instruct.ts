import type { Command, Context, Decision, Notice } from '../command.ts'
import type { Actor } from '../event.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { ofUnit, only } from '../permit.ts'
import type { OrderRules } from '../rules.ts'
import type { InstructionCause, SupervisionLevel } from './api.ts'
import { answeringUnit, openInstruction, rankOf } from './instruction.ts'
import type { Issuer } from './levels.ts'

/** Issues an instruction; an open one at a lower level rises to this level. */
export function instruct(
  order: Order,
  { level, words }: Extract<Command, { do: 'instruct' }>,
  { by, rules }: Context,
): Decision {
  checkIssuer(order, level, by, rules)
  const open = openInstruction(order.instructions)
  if (open && rankOf(open.level) >= rankOf(level))
    throw fault(
      'instruction-open',
      'level',
      `one at level ${open.level} that waits for its answer`,
      'a higher level',
    )
  return instructing(order, { level, because: 'person', words }, rules)
}

/** An instruction, and the notices to the unit and the people of its level. @throws Fault `order-stage` */
export const instructing = (
  order: Order,
  {
    level,
    because,
    words,
  }: { readonly level: SupervisionLevel; readonly because: InstructionCause; readonly words: string },
  { levels }: Pick<OrderRules, 'levels'>,
): Decision =>
  only(
    order,
    { kind: 'instructed', level, because, words, limit: levels[level].limit[order.urgency] },
    (['unit', level] as const).map((to): Notice => ({ kind: 'instructed', to, level })),
  )

/** The unit answers the instruction: what it does, and the evidence. */
export function answerInstruction(
  order: Order,
  { words, pieces }: Extract<Command, { do: 'answer-instruction' }>,
  { by }: Context,
): Decision {
  const unit = answeringUnit(order)
  ofUnit(unit, by)
  const open = openInstruction(order.instructions)
  if (!open) throw noneOpen()
  checkPieces(order, pieces)
  return only(order, { kind: 'instruction-answered', unit, words, pieces }, [
    { kind: 'instruction-answered', to: open.level, level: open.level },
  ])
}

/** Withdraws the instruction; allowed to those who could have issued it. */
export function endInstruction(
  order: Order,
  { words }: Extract<Command, { do: 'end-instruction' }>,
  { by, rules }: Context,
): Decision {
  const open = openInstruction(order.instructions)
  if (!open) throw noneOpen()
  checkIssuer(order, open.level, by, rules)
  return only(order, { kind: 'instruction-ended', words })
}

/** @throws Fault `evidence-unknown` */
export function checkPieces({ evidence }: Order, pieces: readonly string[]): void {
  const unknown = pieces.find(hash => !evidence.some(piece => piece.hash === hash))
  if (unknown !== undefined)
    throw fault('evidence-unknown', 'pieces', 'a file that the order does not show', 'files that it shows')
}

/** @throws Fault `role-wrong` */
function checkIssuer(order: Order, level: SupervisionLevel, by: Actor, rules: OrderRules): void {
  const { issuers } = rules.levels[level]
  const standing = issuerOf(order, by, rules)
  if (standing === undefined || !issuers.includes(standing))
    throw fault('role-wrong', 'by', `${by.role}, at level ${level}`, issuers.join(' or '))
}

/** The role in which somebody may supervise this order; undefined if they may not, as for its own unit. */
function issuerOf(order: Order, { role, unit }: Actor, { units }: OrderRules): Issuer | undefined {
  if (role === 'dispatcher' || role === 'supervisor') return role
  if (role !== 'unit' || unit === undefined || unit === answeringUnit(order)) return undefined
  const area = units.get(unit)?.area
  if (!area || area.district !== order.district) return undefined
  if (area.street === undefined) return 'district'
  return area.street === order.street ? 'street' : undefined
}

const noneOpen = () => fault('instruction-none', 'order', 'no instruction that waits for an answer', 'one')
