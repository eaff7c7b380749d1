import type { Calendar } from '../../city/index.ts'
import { type Queries, sql } from '../../storage/index.ts'
import { dueAt, markAt } from '../clocks.ts'
import { reachedAt } from '../limit.ts'
import type { OrderNumber } from '../number.ts'
import type { Order } from '../order.ts'
import { answeringUnit, type Instruction } from './instruction.ts'
import type { SiteCheck } from './site-check.ts'

const at = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))

/** One row per instruction, so that open ones can be read without folding events. */
const instructionRow = (order: Order, one: Instruction) => ({
  number: order.number,
  seq: one.seq,
  level: one.level,
  because: one.because,
  unit: one.unit ?? answeringUnit(order),
  issued_at: new Date(one.clock.startMs),
  done_at: at(one.clock.doneAtMs),
  outcome: one.outcome ?? null,
  answer_seq: one.answerSeq ?? null,
})

const siteRow = (order: Order, one: SiteCheck) => ({
  number: order.number,
  seq: one.seq,
  unit: order.unit,
  asked_at: new Date(one.askedAtMs),
  done_at: at(one.doneAtMs),
  check_seq: one.seen?.seq ?? null,
  visited_at: at(one.seen?.visitedAtMs),
  verdict: one.seen?.verdict ?? null,
})

/**
 * The rows as `reported` rebuilds them; their deadlines depend on the calendar of the day on which they were
 * written.
 */
export const instructionRows = (order: Order) => order.instructions.map(one => instructionRow(order, one))
export const siteRows = (order: Order) => order.siteChecks.map(one => siteRow(order, one))

/** Writes instructions and site checks that are new or changed; if the order moved, also the unit that must answer. */
export async function putSupervision(
  queries: Queries,
  before: Order,
  after: Order,
  calendar: Calendar,
): Promise<void> {
  const isMoved = answeringUnit(before) !== answeringUnit(after)
  for (const [at, one] of after.instructions.entries())
    if (one !== before.instructions[at] || (isMoved && one.outcome === undefined))
      await putInstruction(queries, after, one, calendar)
  for (const [at, one] of after.siteChecks.entries())
    if (one !== before.siteChecks[at] || before.unit !== after.unit)
      await putSite(queries, after, one, calendar)
}

async function putInstruction(queries: Queries, order: Order, one: Instruction, calendar: Calendar) {
  const row = instructionRow(order, one)
  const [yellow, due] = [new Date(markAt(one.clock, 75, calendar)), new Date(dueAt(one.clock, calendar))]
  await queries.execute(sql`
    insert into order_instructions (number, seq, level, because, unit, issued_at, yellow_at, due_at, done_at, outcome, answer_seq)
      values (${row.number}, ${row.seq}, ${row.level}, ${row.because}, ${row.unit}, ${row.issued_at}, ${yellow}, ${due},
        ${row.done_at}, ${row.outcome}, ${row.answer_seq})
      on conflict (number, seq) do update set unit = excluded.unit, done_at = excluded.done_at,
        outcome = excluded.outcome, answer_seq = excluded.answer_seq`)
}

async function putSite(queries: Queries, order: Order, one: SiteCheck, calendar: Calendar) {
  const row = siteRow(order, one)
  const due = one.limit ? new Date(reachedAt(one.askedAtMs, one.limit, 1, calendar)) : null
  await queries.execute(sql`
    insert into order_site_checks (number, seq, unit, asked_at, due_at, done_at, check_seq, visited_at, verdict)
      values (${row.number}, ${row.seq}, ${row.unit}, ${row.asked_at}, ${due}, ${row.done_at}, ${row.check_seq},
        ${row.visited_at}, ${row.verdict})
      on conflict (number, seq) do update set unit = excluded.unit, done_at = excluded.done_at,
        check_seq = excluded.check_seq, visited_at = excluded.visited_at, verdict = excluded.verdict`)
}

export async function deleteSupervision(queries: Queries, number: OrderNumber): Promise<void> {
  await queries.execute(sql`delete from order_instructions where number = ${number}`)
  await queries.execute(sql`delete from order_site_checks where number = ${number}`)
}
