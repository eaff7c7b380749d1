import { z } from 'zod'
import type { Dialable } from '../callers/index.ts'
import { type Queries, sql } from '../storage/index.ts'
import type { HalfDay } from './hours.ts'
import type { NumberHistory } from './next.ts'
import type { AttemptEnd, PersonWish, Survey } from './survey.ts'
import { surveyStates } from './survey-state.ts'

/** A survey's row, for queries by time and unit; the truth is in its events. */
const surveyRow = z.object({
  id: z.string(),
  campaign: z.string(),
  order_number: z.string(),
  cycle: z.number(),
  /** Was checked to be dialable before it was written. */
  dial_number: z
    .string()
    .transform(number => number as Dialable)
    .nullable(),
  text_number: z.string().nullable(),
  elder: z.boolean(),
  language: z.string().nullable(),
  state: z.enum(surveyStates),
  next_at: z.date().nullable(),
})
export type SurveyRow = z.output<typeof surveyRow>

const columns = sql.raw(
  'id, campaign, order_number, cycle, dial_number, text_number, elder, language, state, next_at',
)

export type NewSurvey = {
  readonly id: string
  readonly campaign: string
  readonly order: string
  readonly cycle: number
  readonly dialNumber?: Dialable
  readonly textNumber?: string
  readonly elder: boolean
  readonly language?: string
  readonly unit: string
  readonly category: string
  readonly street: string
  readonly closedAtMs: number
  readonly isReferred: boolean
}

/** @returns false if this closing already has a survey */
export async function insertSurvey(queries: Queries, survey: NewSurvey): Promise<boolean> {
  const touched = await queries.execute(sql`
    insert into surveys (id, campaign, order_number, cycle, dial_number, text_number, elder, language, unit, category,
      street, closed_at, referred, state)
    values (${survey.id}, ${survey.campaign}, ${survey.order}, ${survey.cycle}, ${survey.dialNumber ?? null},
      ${survey.textNumber ?? null}, ${survey.elder}, ${survey.language ?? null}, ${survey.unit}, ${survey.category},
      ${survey.street}, ${new Date(survey.closedAtMs)}, ${survey.isReferred}, 'owed')
    on conflict (order_number, cycle) do nothing`)
  return touched > 0
}

/** Locks the survey until the transaction ends. */
export async function lockSurvey(queries: Queries, id: string): Promise<SurveyRow | undefined> {
  const [row] = await queries.query(
    sql`select ${columns} from surveys where id = ${id} for update`,
    surveyRow,
  )
  return row
}

/** Due surveys: those to ring; those whose lease or link has ended; and those without a number to ring. */
export type Due = 'to-ring' | 'over' | 'to-text'

const dueStates: Readonly<Record<Due, ReturnType<typeof sql>>> = {
  'to-ring': sql`state = 'owed' and dial_number is not null`,
  over: sql`state <> 'owed' and next_at is not null`,
  'to-text': sql`state = 'owed' and dial_number is null`,
}

/** Claims rows that no other transaction holds; they stay locked until this transaction ends. */
export function lockDue(
  queries: Queries,
  campaign: string,
  due: Due,
  nowMs: number,
  limit: number,
): Promise<readonly SurveyRow[]> {
  return queries.query(
    sql`select ${columns} from surveys
      where next_at <= ${new Date(nowMs)} and campaign = ${campaign} and ${dueStates[due]}
      order by next_at limit ${limit} for update skip locked`,
    surveyRow,
  )
}

/** Updates the rows with the surveys' present state. */
export async function updateSurveys(
  queries: Queries,
  surveys: readonly {
    readonly id: string
    readonly survey: Survey
    readonly nextAtMs: number | undefined
  }[],
): Promise<void> {
  if (surveys.length === 0) return
  const rows = surveys.map(({ id, survey, nextAtMs }) => ({
    id,
    state: survey.state,
    next_at: nextAtMs === undefined ? null : new Date(nextAtMs).toISOString(),
    reached: survey.reached,
    contacted: survey.answers.contacted ?? null,
    solved: survey.answers.solved ?? null,
    rating: survey.answers.rating ?? null,
    settled: survey.settled ?? null,
    settled_at: survey.settledAtMs === undefined ? null : new Date(survey.settledAtMs).toISOString(),
    excluded: survey.exclusion?.agreed ?? false,
  }))
  await queries.execute(sql`
    update surveys set state = x.state, next_at = x.next_at, reached = x.reached, contacted = x.contacted,
      solved = x.solved, rating = x.rating, settled = x.settled, excluded = x.excluded,
      settled_at = x.settled_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id text, state text, next_at timestamptz,
      reached boolean, contacted text, solved text, rating int, settled text, settled_at timestamptz, excluded boolean)
    where surveys.id = x.id`)
}

/** Extends the lease while the call goes on. @returns false if it is no longer ours */
export async function extendLease(queries: Queries, id: string, attempt: number, untilMs: number) {
  const touched = await queries.execute(sql`
    update surveys set next_at = ${new Date(untilMs)}
    where id = ${id} and state = 'ringing'
      and ${attempt} = (select max(attempt) from survey_attempts where survey = ${id})`)
  return touched > 0
}

/** @returns false if the number was already rung in that half-day and must not be rung */
export async function insertAttempt(
  queries: Queries,
  attempt: {
    readonly survey: string
    readonly attempt: number
    readonly redial: boolean
    readonly number: string
    readonly half: HalfDay
    readonly nowMs: number
  },
): Promise<boolean> {
  const touched = await queries.execute(sql`
    insert into survey_attempts (survey, attempt, redial, number, half_day, rung_at)
    values (${attempt.survey}, ${attempt.attempt}, ${attempt.redial}, ${attempt.number}, ${attempt.half},
      ${new Date(attempt.nowMs)})
    on conflict (number, half_day, redial) where how is distinct from 'not-rung' do nothing`)
  return touched > 0
}

/** @returns false if none was open, because it had already ended */
export async function endAttempt(
  queries: Queries,
  survey: string,
  attempt: number,
  how: AttemptEnd,
  person: PersonWish | undefined,
  nowMs: number,
): Promise<boolean> {
  const ended = await queries.execute(sql`
    update survey_attempts set how = ${how}, ended_at = ${new Date(nowMs)},
      person_served = ${person?.served ?? null}, person_asked = ${person !== undefined && !person.unasked}, person_waited_ms = ${person?.waitedMs === undefined ? null : Math.round(person.waitedMs)}
    where survey = ${survey} and attempt = ${attempt} and how is null`)
  return ended > 0
}

/** For each number: when it was last rung, and in how many half-days of this date. */
export async function numberHistories(
  queries: Queries,
  numbers: readonly string[],
  date: string,
): Promise<ReadonlyMap<string, NumberHistory>> {
  const rows = await queries.query(
    sql`select number, max(rung_at) as last, count(*) filter (where half_day like ${`${date}%`})::int as in_day
      from survey_attempts
      where number in (select jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb))
        and how is distinct from 'not-rung' and not redial
      group by number`,
    z.object({ number: z.string(), last: z.date(), in_day: z.number() }),
  )
  return new Map(rows.map(row => [row.number, { lastMs: row.last.getTime(), inDay: row.in_day }]))
}

/** Those of the given numbers that opted out of these calls. */
export async function optedOut(queries: Queries, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queries.query(
    sql`select number from survey_opt_outs
      where number in (select jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb))`,
    z.object({ number: z.string() }),
  )
  return new Set(rows.map(row => row.number))
}

export async function insertOptOut(queries: Queries, number: string, nowMs: number): Promise<void> {
  await queries.execute(sql`
    insert into survey_opt_outs (number, at) values (${number}, ${new Date(nowMs)}) on conflict do nothing`)
}

/** @returns false if it was already stored with this end */
export async function insertLink(queries: Queries, tokenHash: string, survey: string, untilMs: number) {
  const touched = await queries.execute(sql`
    insert into survey_links (token_hash, survey, until_at) values (${tokenHash}, ${survey}, ${new Date(untilMs)})
    on conflict (token_hash) do update set until_at = excluded.until_at
      where survey_links.until_at <> excluded.until_at`)
  return touched > 0
}

export async function selectLink(queries: Queries, tokenHash: string) {
  const [row] = await queries.query(
    sql`select survey, until_at from survey_links where token_hash = ${tokenHash}`,
    z.object({ survey: z.string(), until_at: z.date() }),
  )
  return row && { survey: row.survey, untilMs: row.until_at.getTime() }
}

export async function surveyOfOrder(
  queries: Queries,
  order: string,
  cycle: number,
): Promise<string | undefined> {
  const [row] = await queries.query(
    sql`select id from surveys where order_number = ${order} and cycle = ${cycle}`,
    z.object({ id: z.string() }),
  )
  return row?.id
}

/**
 * Deletes the numbers of an order's citizen. @returns false, having done nothing, while one of its surveys is
 * unsettled
 */
export async function forgetNumbers(queries: Queries, order: string): Promise<boolean> {
  const rows = await queries.query(
    sql`select id, state from surveys where order_number = ${order} for update`,
    z.object({ id: z.string(), state: z.string() }),
  )
  if (rows.some(({ state }) => state !== 'settled')) return false
  await queries.execute(
    sql`update surveys set dial_number = null, text_number = null where order_number = ${order}`,
  )
  await queries.execute(sql`
    update survey_attempts set number = 'erased ' || survey || ' ' || attempt
    where survey in (select id from surveys where order_number = ${order})`)
  return true
}
