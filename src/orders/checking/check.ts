import { createHash } from 'node:crypto'
import type { Command, Context, Decision } from '../command.ts'
import { fault } from '../faults.ts'
import type { Order } from '../order.ts'
import { only } from '../permit.ts'
import type { ClosingCheck, ClosingDraft, Lack } from './api.ts'
import { lacksOf } from './lacks.ts'
import type { ClosingRules } from './rules.ts'

/** Checks a draft answer against the demand: the first words and all later additions. */
export const lacksIn = (order: Order, draft: ClosingDraft, rules: ClosingRules): readonly Lack[] =>
  lacksOf(
    {
      type: order.type,
      matter: [order.matter, ...order.additions.map(({ words }) => words)].join('。'),
      place: `${order.street} ${order.place}`,
    },
    draft,
    rules,
  )

/**
 * What is recorded with a closing: what it lacks, whether the unit had been told, and whether it is sampled for
 * review. Sampling depends on the millisecond, so the unit cannot foresee it.
 */
export function checkOf(
  order: Order,
  draft: ClosingDraft,
  {
    rules: { closings },
    atMs,
    told,
  }: Pick<Context, 'rules' | 'atMs'> & { readonly told?: boolean | undefined },
): ClosingCheck {
  const lacks = lacksIn(order, draft, closings)
  const isLacking = lacks.length > 0
  const share = isLacking ? closings.sample.lacking : closings.sample.others
  return {
    lacks,
    told: isLacking && told ? true : undefined,
    sampled: drawn(`${order.number} ${order.seq} ${atMs}`) < share ? true : undefined,
  }
}

/** A number from 0 to below 1, from the hash of a text. */
const drawn = (of: string) => createHash('sha256').update(of).digest().readUInt32BE() / 2 ** 32

/** Records a person's verdict on a closing. @throws Fault `closing-unknown` */
export function judge(
  order: Order,
  { cycle, verdict, words }: Extract<Command, { do: 'judge-closing' }>,
): Decision {
  if (!order.checked.some(one => one.cycle === cycle))
    throw fault('closing-unknown', 'body.cycle', String(cycle), 'a closing that the rules have read')
  return only(order, { kind: 'closing-judged', cycle, verdict, words })
}
