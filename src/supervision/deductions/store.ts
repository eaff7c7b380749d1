import { z } from 'zod'
import { listed, type Queries, sql } from '../../storage/index.ts'
import {
  type Deduction,
  type DeductionState,
  deductionReasonSchema,
  deductionStateSchema,
  noticeSchema,
} from './api.ts'
import type { DeductionStanding } from './deduction.ts'

/** The row as `reported` rebuilds it. */
export const deductionRow = (one: DeductionStanding) => ({
  id: one.id,
  order_number: one.order,
  unit: one.unit,
  reason: one.reason,
  points: one.points,
  notice: one.notice,
  state: one.state,
  fact_at: new Date(one.factAtMs),
  seq: one.seq,
  proposed_by: one.proposedBy,
  first_by: one.firstBy ?? null,
  second_by: one.secondBy ?? null,
  appealed_by: one.appealedBy ?? null,
  closed_by: one.closedBy ?? null,
  changed_at: new Date(one.changedAtMs),
})

export async function putDeduction(
  queries: Queries,
  standing: DeductionStanding,
  words: string,
): Promise<void> {
  const row = deductionRow(standing)
  await queries.execute(sql`
    insert into deductions (id, order_number, unit, reason, points, notice, state, fact_at, seq, proposed_by, first_by,
        second_by, appealed_by, closed_by, changed_at, words)
      values (${row.id}, ${row.order_number}, ${row.unit}, ${row.reason}, ${row.points}, ${row.notice}, ${row.state},
        ${row.fact_at}, ${row.seq}, ${row.proposed_by}, ${row.first_by}, ${row.second_by}, ${row.appealed_by},
        ${row.closed_by}, ${row.changed_at}, ${words})
      on conflict (id) do update set state = excluded.state, first_by = excluded.first_by, second_by = excluded.second_by,
        appealed_by = excluded.appealed_by, closed_by = excluded.closed_by, changed_at = excluded.changed_at,
        words = excluded.words`)
}

/** Locks the deduction until the transaction ends. */
export async function lockDeduction(queries: Queries, id: string): Promise<boolean> {
  const rows = await queries.query(
    sql`select id from deductions where id = ${id} for update`,
    z.object({ id: z.string() }),
  )
  return rows.length > 0
}

const row = z.object({
  id: z.string(),
  order: z.string(),
  unit: z.string(),
  reason: deductionReasonSchema,
  points: z.number(),
  notice: noticeSchema,
  state: deductionStateSchema,
  factAt: z.date(),
  seq: z.number(),
  proposedBy: z.string(),
  firstBy: z.string().nullable(),
  secondBy: z.string().nullable(),
  appealedBy: z.string().nullable(),
  closedBy: z.string().nullable(),
  changedAt: z.date(),
  words: z.string(),
})

/** Deductions in these states, the latest first. @param unit all units when absent */
export async function selectDeductions(
  queries: Queries,
  states: readonly DeductionState[],
  unit: string | undefined,
  limit: number,
): Promise<readonly Deduction[]> {
  const rows = await queries.query(
    sql`select ${columns}
      from deductions where state in ${listed(states)} and (${unit ?? null}::text is null or unit = ${unit ?? ''})
      order by changed_at desc, id desc limit ${limit}`,
    row,
  )
  return rows.map(shown)
}

/** For what happened in a period: they hold, and nobody appeals against them. */
export async function selectConfirmedIn(
  queries: Queries,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Promise<readonly Deduction[]> {
  const rows = await queries.query(
    sql`select ${columns}
      from deductions where state in ('confirmed', 'upheld')
        and fact_at >= ${new Date(fromMs)} and fact_at < ${new Date(untilMs)}
      order by fact_at, id`,
    row,
  )
  return rows.map(shown)
}

const columns = sql`id, order_number as "order", unit, reason, points, notice, state, fact_at as "factAt", seq,
  proposed_by as "proposedBy", first_by as "firstBy", second_by as "secondBy", appealed_by as "appealedBy",
  closed_by as "closedBy", changed_at as "changedAt", words`

function shown({ factAt, changedAt, firstBy, secondBy, appealedBy, closedBy, ...one }: z.output<typeof row>) {
  return {
    ...one,
    firstBy: firstBy ?? undefined,
    secondBy: secondBy ?? undefined,
    appealedBy: appealedBy ?? undefined,
    closedBy: closedBy ?? undefined,
    factAtMs: factAt.getTime(),
    changedAtMs: changedAt.getTime(),
  }
}

/** Deletes what people wrote about an order; that points were taken for it stays. */
export async function dropDeductionWords(queries: Queries, order: string): Promise<void> {
  await queries.execute(sql`update deductions set words = '' where order_number = ${order}`)
}

/** Points that units lost for events in a period. */
export async function pointsIn(
  queries: Queries,
  { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
): Promise<ReadonlyMap<string, number>> {
  const rows = await queries.query(
    sql`select unit, sum(points)::float8 as points from deductions
      where state in ('confirmed', 'appealed', 'upheld')
        and fact_at >= ${new Date(fromMs)} and fact_at < ${new Date(untilMs)}
      group by unit`,
    z.object({ unit: z.string(), points: z.number() }),
  )
  return new Map(rows.map(({ unit, points }) => [unit, points]))
}
