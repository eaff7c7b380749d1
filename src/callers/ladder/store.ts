import { z } from 'zod'
import { listed, type Queries, sql } from '../../storage/index.ts'
import { ladderStepSchema, type StepShown, stepStateSchema } from './api.ts'

const row = z.object({
  id: z.string(),
  number: z.string(),
  step: ladderStepSchema,
  state: stepStateSchema,
  facts: z.array(z.string()),
  words: z.string(),
  by: z.string(),
  at: z.date(),
  days: z.number().nullable(),
  secondBy: z.string().nullable(),
  until: z.date().nullable(),
  appealedBy: z.string().nullable(),
  closedBy: z.string().nullable(),
  laterWords: z.array(z.string()),
})

const columns =
  sql.raw(`id, number, step, state, facts, words, taken_by as by, at, days, second_by as "secondBy",
  until_at as until, appealed_by as "appealedBy", closed_by as "closedBy", later_words as "laterWords"`)

const shown = ({
  at,
  until,
  days,
  secondBy,
  appealedBy,
  closedBy,
  ...one
}: z.output<typeof row>): StepShown => ({
  ...one,
  atMs: at.getTime(),
  untilMs: until?.getTime(),
  days: days ?? undefined,
  secondBy: secondBy ?? undefined,
  appealedBy: appealedBy ?? undefined,
  closedBy: closedBy ?? undefined,
})

/** The steps of a number, oldest first. */
export const selectSteps = async (queries: Queries, number: string): Promise<readonly StepShown[]> =>
  (
    await queries.query(sql`select ${columns} from caller_steps where number = ${number} order by place`, row)
  ).map(shown)

/** Locks the step until the transaction ends. */
export async function lockStep(queries: Queries, id: string): Promise<StepShown | undefined> {
  const [found] = await queries.query(
    sql`select ${columns} from caller_steps where id = ${id} for update`,
    row,
  )
  return found && shown(found)
}

/** @returns false if somebody else took a step at the same time, which the unique place detects */
export async function insertStep(queries: Queries, place: number, one: StepShown): Promise<boolean> {
  const inserted = await queries.execute(sql`
    insert into caller_steps (id, number, place, step, state, facts, words, taken_by, at, days, later_words)
      values (${one.id}, ${one.number}, ${place}, ${one.step}, ${one.state}, ${JSON.stringify(one.facts)}, ${one.words},
        ${one.by}, ${new Date(one.atMs)}, ${one.days ?? null}, '[]')
      on conflict (number, place) do nothing`)
  return inserted > 0
}

export async function updateStep(queries: Queries, one: StepShown): Promise<void> {
  await queries.execute(sql`
    update caller_steps set state = ${one.state}, second_by = ${one.secondBy ?? null},
      until_at = ${one.untilMs === undefined ? null : new Date(one.untilMs)}, appealed_by = ${one.appealedBy ?? null},
      closed_by = ${one.closedBy ?? null}, later_words = ${JSON.stringify(one.laterWords)}
    where id = ${one.id}`)
}

/** Of many numbers, the first step of each first. */
export async function selectStepsOf(
  queries: Queries,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly StepShown[]>> {
  const rows = await queries.query(
    sql`select ${columns} from caller_steps where number in ${listed(numbers)} order by number, place`,
    row,
  )
  const steps = new Map<string, StepShown[]>(numbers.map(number => [number, []]))
  for (const one of rows) steps.get(one.number)?.push(shown(one))
  return steps
}

/** So many of the latest steps are gone through for numbers. */
const latestSteps = 1000

/** Numbers with open decisions first, then by their latest step. */
export const selectNumbers = async (queries: Queries, limit: number): Promise<readonly string[]> =>
  (
    await queries.query(
      sql`select number from (
          (select number, true as waits, at from caller_steps where state in ('proposed', 'appealed'))
          union all (select number, false, at from caller_steps order by at desc limit ${latestSteps})
        ) found
        group by number order by bool_or(waits) desc, max(at) desc, number limit ${limit}`,
      z.object({ number: z.string() }),
    )
  ).map(({ number }) => number)

/** Whether this number was restricted at a given time. */
export async function isRestrictedAt(queries: Queries, number: string, atMs: number): Promise<boolean> {
  const rows = await queries.query(
    sql`select id from caller_steps where number = ${number} and state in ('holds', 'upheld')
      and until_at > ${new Date(atMs)} limit 1`,
    z.object({ id: z.string() }),
  )
  return rows.length > 0
}
