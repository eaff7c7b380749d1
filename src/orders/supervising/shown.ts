import type { z } from 'zod'
import type { Calendar } from '../../city/index.ts'
import { dueAt, latenessMs } from '../clocks.ts'
import { reachedAt } from '../limit.ts'
import type { Order } from '../order.ts'
import type { instructionShownSchema, siteCheckShownSchema } from './api.ts'
import { answeringUnit, type Instruction, openInstruction, rankOf } from './instruction.ts'
import type { SiteCheck } from './site-check.ts'

/** Level of the open instruction: 0 none, 1 street, 2 district, 3 city. */
export function levelOfInstruction({ instructions }: Pick<Order, 'instructions'>): number {
  const open = openInstruction(instructions)
  return open ? rankOf(open.level) + 1 : 0
}

export const instructionShown = (
  order: Order,
  { seq, level, because, clock, unit, outcome, answerSeq }: Instruction,
  nowMs: number,
  calendar: Calendar,
): z.output<typeof instructionShownSchema> => ({
  seq,
  level,
  because,
  unit: unit ?? answeringUnit(order),
  issuedAtMs: clock.startMs,
  dueAtMs: dueAt(clock, calendar),
  doneAtMs: clock.doneAtMs,
  outcome,
  answerSeq,
  lateMs: latenessMs(clock, nowMs, calendar),
})

export const siteCheckShown = (
  { seq, askedAtMs, limit, doneAtMs, seen }: SiteCheck,
  calendar: Calendar,
): z.output<typeof siteCheckShownSchema> => ({
  seq,
  askedAtMs,
  dueAtMs: limit && reachedAt(askedAtMs, limit, 1, calendar),
  doneAtMs,
  checkSeq: seen?.seq,
  visitedAtMs: seen?.visitedAtMs,
  verdict: seen?.verdict,
})
