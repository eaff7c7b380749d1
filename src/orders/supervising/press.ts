import type { Calendar } from '../../city/index.ts'
import { markAt } from '../clocks.ts'
import type { Context, Decision } from '../command.ts'
import type { Order } from '../order.ts'
import { warnedKey } from '../order.ts'
import { instructing } from './instruct.ts'
import { levelAbove, openInstruction } from './instruction.ts'

const reminder = 75
const end = 100

/**
 * Presses an open instruction: at three quarters of its time the unit is reminded; at the end it rises to the next
 * level, with a new clock. At the city's level, unit and city are told, and it stays.
 */
export function press(
  order: Order,
  { atMs, calendar, rules }: Pick<Context, 'atMs' | 'calendar' | 'rules'>,
): Decision {
  const open = openInstruction(order.instructions)
  if (!open || order.stage === 'closed') return { happenings: [], notices: [] }
  const { level, words, clock } = open
  const isNew = (percent: number) =>
    markAt(clock, percent, calendar) <= atMs && !order.warned.includes(warnedKey('instruction', percent))
  const isOver = markAt(clock, end, calendar) <= atMs
  const above = isOver ? levelAbove(level) : undefined
  const reminded = isNew(reminder)
    ? [{ kind: 'warned', clock: 'instruction', percent: reminder } as const]
    : []
  if (above !== undefined) {
    const risen = instructing(order, { level: above, because: 'unanswered', words }, rules)
    return { happenings: [...reminded, ...risen.happenings], notices: risen.notices }
  }
  const late = isNew(end) ? [{ kind: 'warned', clock: 'instruction', percent: end } as const] : []
  const percent = late.length > 0 ? end : reminder
  const told = late.length > 0 ? (['unit', 'city'] as const) : reminded.length > 0 ? (['unit'] as const) : []
  return {
    happenings: [...reminded, ...late],
    notices: told.map(to => ({ kind: 'instruction-waits', to, level, percent })),
  }
}

/** When an instruction needs action next; undefined if none is open, or everything was told. */
export function nextPressAt({ instructions, stage, warned }: Order, calendar: Calendar): number | undefined {
  const open = openInstruction(instructions)
  if (!open || stage === 'closed') return undefined
  const next = [reminder, end].find(percent => !warned.includes(warnedKey('instruction', percent)))
  return next === undefined ? undefined : markAt(open.clock, next, calendar)
}
