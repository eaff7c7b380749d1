import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import type { GivenAnswer } from './coached.ts'
import type { ExclusionEvent } from './exclusions.ts'
import type { Tally } from './rates.ts'

/** What rates can be grouped by. */
export const rateGroups = ['unit', 'street', 'category'] as const
export type RateGroup = (typeof rateGroups)[number]

/** Closings from the first moment (inclusive) until the second (exclusive). */
export type Period = { readonly fromMs: number; readonly untilMs: number }

const tallyRow = z.object({
  names: z.array(z.string()),
  asked: z.number(),
  reached: z.number(),
  answered: z.number(),
  excluded: z.number(),
  referred: z.number(),
  contacted_yes: z.number(),
  contacted_no: z.number(),
  solved_yes: z.number(),
  solved_partly: z.number(),
  solved_no: z.number(),
  rated_1: z.number(),
  rated_2: z.number(),
  rated_3: z.number(),
  rated_4: z.number(),
  rated_5: z.number(),
})

/** Tallies by one group or several together, for example each unit's orders of each category. */
export async function tallies(
  queries: Queries,
  by: readonly RateGroup[],
  { fromMs, untilMs }: Period,
): Promise<readonly { readonly names: readonly string[]; readonly tally: Tally }[]> {
  const count = (condition: string) => sql.raw(`count(*) filter (where not excluded and ${condition})::int`)
  const groups = sql.raw(by.join(', '))
  const rows = await queries.query(
    sql`select jsonb_build_array(${groups}) as names,
        ${count('true')} as asked, ${count('reached')} as reached,
        ${count('coalesce(contacted, solved, rating::text) is not null')} as answered,
        count(*) filter (where excluded)::int as excluded,
        ${count('referred')} as referred,
        ${count("contacted = 'yes'")} as contacted_yes, ${count("contacted = 'no'")} as contacted_no,
        ${count("solved = 'yes' and not referred")} as solved_yes, ${count("solved = 'partly' and not referred")} as solved_partly,
        ${count("solved = 'no' and not referred")} as solved_no,
        ${count('rating = 1')} as rated_1, ${count('rating = 2')} as rated_2, ${count('rating = 3')} as rated_3,
        ${count('rating = 4')} as rated_4, ${count('rating = 5')} as rated_5
      from surveys where closed_at >= ${new Date(fromMs)} and closed_at < ${new Date(untilMs)}
      group by ${groups} order by ${groups}`,
    tallyRow,
  )
  return rows.map(row => ({
    names: row.names,
    tally: {
      asked: row.asked,
      reached: row.reached,
      answered: row.answered,
      excluded: row.excluded,
      referred: row.referred,
      contacted: { yes: row.contacted_yes, no: row.contacted_no },
      solved: { yes: row.solved_yes, partly: row.solved_partly, no: row.solved_no },
      ratings: [row.rated_1, row.rated_2, row.rated_3, row.rated_4, row.rated_5],
    },
  }))
}

/** The answers about a unit behind a figure. */
export type Behind = Period & {
  readonly unit: string
  readonly answer: 'not-contacted' | 'not-solved' | 'partly-solved' | 'dissatisfied'
}

const behindRow = z.object({ order_number: z.string(), cycle: z.number(), closed_at: z.date() })
const answered: Readonly<Record<Behind['answer'], string>> = {
  'not-contacted': "contacted = 'no'",
  'not-solved': "solved = 'no' and not referred",
  'partly-solved': "solved = 'partly' and not referred",
  dissatisfied: 'rating >= 4',
}

/** The orders behind a unit's figure, the latest closing first; excluded orders are left out. */
export async function ordersBehind(
  queries: Queries,
  { unit, answer, fromMs, untilMs }: Behind,
  limit: number,
): Promise<readonly { readonly order: string; readonly cycle: number; readonly closedAtMs: number }[]> {
  const rows = await queries.query(
    sql`select order_number, cycle, closed_at from surveys
      where unit = ${unit} and closed_at >= ${new Date(fromMs)} and closed_at < ${new Date(untilMs)}
        and not excluded and ${sql.raw(answered[answer])}
      order by closed_at desc, order_number desc limit ${limit}`,
    behindRow,
  )
  return rows.map(row => ({ order: row.order_number, cycle: row.cycle, closedAtMs: row.closed_at.getTime() }))
}

const givenRow = z.object({
  unit: z.string(),
  order_number: z.string(),
  citizen: z.string(),
  by_link: z.boolean(),
  at: z.date(),
  all_best: z.boolean(),
})

/** The answers of a period, each with a pseudonym of its number. */
export async function givenAnswers(
  queries: Queries,
  { fromMs, untilMs }: Period,
): Promise<readonly GivenAnswer[]> {
  const rows = await queries.query(
    sql`select unit, order_number, md5(coalesce(text_number, id)) as citizen, settled_at as at,
        exists (select 1 from ledger_events e where e.room = 'surveys' and e.stream = surveys.id collate "C"
          and e.kind = 'answered' and e.body::jsonb ->> 'via' = 'link') as by_link,
        (contacted = 'yes' and solved = 'yes' and rating = 1) is true as all_best
      from surveys where settled = 'answered' and not excluded
        and settled_at >= ${new Date(fromMs)} and settled_at < ${new Date(untilMs)}`,
    givenRow,
  )
  return rows.map(row => ({
    unit: row.unit,
    order: row.order_number,
    citizen: row.citizen,
    atMs: row.at.getTime(),
    via: row.by_link ? 'link' : 'call',
    allBest: row.all_best,
  }))
}

const exclusionRow = z.object({
  order_number: z.string(),
  cycle: z.number(),
  unit: z.string(),
  at_ms: z.number(),
  event: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('exclusion-asked'), because: z.string(), by: z.string() }),
    z.object({ kind: z.literal('exclusion-decided'), agreed: z.boolean(), by: z.string() }),
  ]),
})

/** Requests and decisions about exclusions, oldest first; only the latest of many. */
export async function exclusionEvents(queries: Queries, limit: number): Promise<readonly ExclusionEvent[]> {
  const rows = await queries.query(
    sql`select surveys.order_number, surveys.cycle, surveys.unit, e.at_ms,
        e.body::jsonb || jsonb_build_object('kind', e.kind) as event
      from ledger_events e join surveys on surveys.id collate "C" = e.stream
      where e.room = 'surveys' and e.kind in ('exclusion-asked', 'exclusion-decided')
      order by e.at_ms desc, e.stream desc, e.place desc limit ${limit}`,
    exclusionRow,
  )
  return rows.map(({ order_number: order, at_ms: atMs, ...row }) => ({ ...row, order, atMs })).toReversed()
}
