import { done } from '../clocks.ts'
import type { Limit } from '../limit.ts'
import type { Of, Order, Timed } from '../order.ts'
import { begun } from '../order-clocks.ts'
import { openReturn } from '../returning/returning.ts'
import type { InstructionOutcome } from './api.ts'
import { answeringUnit, openInstruction } from './instruction.ts'
import { openSiteCheck, type SiteCheck } from './site-check.ts'

/** A new instruction replaces the open one, and its warnings start afresh. */
export function instructed(order: Order, { seq, atMs, ...said }: Of<'instructed'> & Timed): Order {
  const { level, because, words, limit } = said
  const before = instructionDone(order, 'raised', atMs)
  const clock = { name: 'instruction', startMs: atMs, limit } as const
  return {
    ...before,
    instructions: [...before.instructions, { seq, level, because, words, clock }],
    warned: order.warned.filter(key => !key.startsWith('instruction ')),
  }
}

/** Ends the open instruction, if there is one. */
export function instructionDone(
  order: Order,
  outcome: InstructionOutcome,
  doneAtMs: number,
  answerSeq?: number,
): Order {
  const open = openInstruction(order.instructions)
  if (!open) return order
  const ended = { ...open, clock: { ...open.clock, doneAtMs }, outcome, unit: answeringUnit(order) }
  return {
    ...order,
    instructions: [
      ...order.instructions.slice(0, -1),
      answerSeq === undefined ? ended : { ...ended, answerSeq },
    ],
  }
}

/** @param limit absent in events from before it existed */
export function siteAsked(order: Order, { seq, atMs }: Timed, limit: Limit | undefined): Order {
  // A new site check replaces an open one.
  const before = siteDone(order, atMs)
  const asked = { ...before, siteChecks: [...before.siteChecks, { seq, askedAtMs: atMs, limit }] }
  return limit ? begun(asked, { name: 'site', startMs: atMs, limit }) : asked
}

/** Records a site check. A return that waited for it goes back to the centre, with a new limit. */
export function siteChecked(order: Order, event: Of<'site-checked'> & Timed): Order {
  const { seq, atMs, visitedAtMs, verdict, pieces, review } = event
  const evidence = order.evidence.map(piece =>
    pieces.includes(piece.hash) ? { ...piece, site: seq } : piece,
  )
  const checked = siteDone({ ...order, evidence }, atMs, { seq, visitedAtMs, verdict })
  return review && openReturn(order.returnings)
    ? begun(checked, { name: 'review', startMs: atMs, limit: review })
    : checked
}

/** Ends the open site check, whether or not anybody was there. */
export function siteDone(order: Order, doneAtMs: number, seen?: SiteCheck['seen']): Order {
  const open = openSiteCheck(order.siteChecks)
  if (!open) return order
  const ended = { ...open, doneAtMs }
  return {
    ...order,
    siteChecks: [...order.siteChecks.slice(0, -1), seen ? { ...ended, seen } : ended],
    clocks: done(order.clocks, doneAtMs, 'site'),
  }
}
