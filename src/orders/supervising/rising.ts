import { levelOf } from '../clocks.ts'
import type { Decision } from '../command.ts'
import type { Order } from '../order.ts'
import type { OrderRules } from '../rules.ts'
import { type InstructionCause, type SupervisionLevel, supervisionLevelSchema } from './api.ts'
import { instructing } from './instruct.ts'
import { openInstruction, rankOf } from './instruction.ts'

type Rise = { readonly level: SupervisionLevel; readonly because: InstructionCause }

/**
 * Issues instructions automatically when an order becomes a case for them: reopened too often, at too many units
 * without a lead, or late.
 * @param before the order before the latest event
 */
export function rises(before: Order, after: Order, rules: OrderRules): Decision {
  const nothing = { happenings: [], notices: [] }
  if (after.stage !== 'waiting' && after.stage !== 'handling') return nothing
  const [highest] = [...problems(before, after, rules), ...lateness(before, after, rules)].toSorted(
    (one, other) => rankOf(other.level) - rankOf(one.level),
  )
  const open = openInstruction(after.instructions)
  if (!highest || (open && rankOf(open.level) >= rankOf(highest.level))) return nothing
  return instructing(after, { ...highest, words: '' }, rules)
}

/** Problem orders (问题工单). */
function problems(before: Order, after: Order, { levels: { problems } }: OrderRules): readonly Rise[] {
  const { redone, units, level } = problems
  const again = after.cycle - 1
  const isRedone = after.cycle > before.cycle && again >= redone
  const had = unitsOf(after)
  const isUnled = after.lead === undefined && had > unitsOf(before) && had >= units
  return [
    ...(isRedone ? [{ level, because: 'redone' } as const] : []),
    ...(isUnled ? [{ level, because: 'unled' } as const] : []),
  ]
}

/** How many units have had it, judging by its returns. */
const unitsOf = ({ returnings, unit }: Order) =>
  new Set([...returnings.flatMap(({ from, decided }) => [from, decided?.to ?? from]), unit]).size

/** Marks of the order's own clocks, not of the centre's or of co-units'. */
const own = /^(handling|sign|feedback) (\d+)$/

function lateness(before: Order, after: Order, { levels }: OrderRules): readonly Rise[] {
  return after.warned
    .filter(key => !before.warned.includes(key))
    .flatMap(key => {
      const level = supervisionLevelSchema.options[levelOf(Number(own.exec(key)?.[2] ?? 0)) - 1]
      return level !== undefined && levels.late.includes(level) ? [{ level, because: 'late' } as const] : []
    })
}
