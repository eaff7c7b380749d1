import { Fault, FaultList } from '../foundation/index.ts'
import type { OrderCommand } from './acting/api.ts'
import type { Context } from './command.ts'
import { decide } from './decide.ts'
import type { Order } from './order.ts'
import { readersOf } from './permit.ts'
import { undecidedOf } from './repeating/telling-apart.ts'
import type { OrderRules } from './rules.ts'
import { type SupervisionLevel, supervisionLevelSchema } from './supervising/api.ts'

/** The acts open to somebody on an order: each is tried with `decide`, so that no rule is written twice. */
export const mayDo = (order: Order, context: Context): readonly OrderCommand['do'][] => [
  ...new Set(
    examples(order, context).flatMap(command => (isDecided(order, command, context) ? [command.do] : [])),
  ),
]

/** The levels at which somebody can issue an instruction. */
export const levelsFor = (order: Order, context: Context): readonly SupervisionLevel[] =>
  supervisionLevelSchema.options.filter(level =>
    isDecided(order, { do: 'instruct', level, words: '…' }, context),
  )

function isDecided(order: Order, command: OrderCommand, context: Context): boolean {
  try {
    decide(order, command, context)
    return true
  } catch (error) {
    if (error instanceof Fault || error instanceof FaultList) return false
    throw error
  }
}

/** A unit that could be asked to help. */
const outsiderOf = (order: Order, { units }: OrderRules) =>
  [...units.keys()].find(id => !readersOf(order).includes(id)) ?? order.unit

/** One example of each act, with valid contents. */
function examples(order: Order, { rules }: Context): readonly OrderCommand[] {
  const words = '…'
  const target = [...rules.units.keys()].find(id => id !== order.unit) ?? ''
  const category = [...rules.categories.keys()].find(id => id !== order.category) ?? ''
  const piece = order.evidence.findLast(({ cycle, given }) => cycle === order.cycle && !given)
  const waitsForPerson = order.clocks.some(
    ({ name, doneAtMs }) => name === 'person' && doneAtMs === undefined,
  )
  const [helper] = order.grants
  return [
    { do: 'dispatch', unit: target, category: order.category === '' ? category : undefined },
    { do: 'take-back' },
    { do: 'look' },
    { do: 'ask-person' },
    { do: 'add', words },
    { do: 'sign' },
    { do: 'assign', person: order.assignee === undefined ? words : undefined },
    { do: 'support', person: words, phone: '12345' },
    { do: 'answer-help', words },
    { do: 'grant', unit: outsiderOf(order, rules), words },
    { do: 'end-grant', unit: helper?.unit ?? order.unit, words },
    { do: 'reveal', words },
    { do: 'set-confidential', confidential: !order.confidential, words },
    { do: 'progress', words, citizenKnows: true },
    { do: 'ask-citizen', words },
    { do: 'answer-question', words },
    { do: 'return', ground: [...rules.grounds.keys()][0] ?? '', target, words },
    { do: 'decide-return', outcome: 'refused', words },
    { do: 'reclassify', category, words },
    { do: 'appoint', target, words },
    { do: 'ask-extension', days: 1, reason: words },
    { do: 'decide-extension', granted: true, words },
    { do: 'close', result: 'solved', words, evidence: [words] },
    { do: 'judge-closing', cycle: order.closings.length, verdict: 'sound' },
    ...supervisionLevelSchema.options.map(level => ({ do: 'instruct', level, words }) as const),
    { do: 'answer-instruction', words, pieces: [] },
    { do: 'end-instruction', words },
    { do: 'ask-site', words },
    { do: 'check-site', visitedAtMs: order.madeAtMs, visitors: words, verdict: 'unclear', words, pieces: [] },
    { do: 'withdraw-evidence', hash: piece?.hash ?? '' },
    { do: 'merge', into: '' },
    { do: 'part' },
    { do: 'tell-apart', from: undecidedOf(order)[0] ?? '' },
    { do: 'tell-state' },
    { do: 'split', parts: [] },
    // Noting a ring is always possible, but only needed after "not solved".
    ...(waitsForPerson ? [{ do: 'note-ring', words } as const] : []),
  ]
}
