import { z } from 'zod'
import { type Queries, sql } from '../storage/index.ts'
import { type CampaignState, campaignStates } from './campaign-state.ts'
import { settlements } from './survey-state.ts'

const campaignRow = z.object({
  name: z.string(),
  state: z.enum(campaignStates),
  because: z.string(),
  changed_by: z.string(),
  started_at: z.date(),
})
export type CampaignRow = z.output<typeof campaignRow>
const columns = sql.raw('name, state, because, changed_by, started_at')

export const selectCampaigns = (queries: Queries): Promise<readonly CampaignRow[]> =>
  queries.query(sql`select ${columns} from campaigns order by name`, campaignRow)

/** Locked until the transaction ends, so that two nodes do not both take the last line. */
export async function lockCampaign(queries: Queries, name: string): Promise<CampaignRow | undefined> {
  const [row] = await queries.query(
    sql`select ${columns} from campaigns where name = ${name} for update`,
    campaignRow,
  )
  return row
}

export async function updateCampaign(
  queries: Queries,
  name: string,
  change: { readonly state: CampaignState; readonly because: string; readonly by: string },
  nowMs: number,
): Promise<void> {
  await queries.execute(sql`
    update campaigns set state = ${change.state}, because = ${change.because}, changed_by = ${change.by},
      started_at = case when ${change.state} = 'running' then ${new Date(nowMs)} else started_at end
    where name = ${name}`)
}

/** A campaign's load: calls now, and calls begun within the last hour. */
export async function campaignLoad(queries: Queries, name: string, nowMs: number) {
  const [row] = await queries.query(
    sql`select
      (select count(*)::int from surveys where campaign = ${name} and state = 'ringing') as ringing,
      (select count(*)::int from survey_attempts where rung_at > ${new Date(nowMs - 3600_000)}) as last_hour`,
    z.object({ ringing: z.number(), last_hour: z.number() }),
  )
  return { ringing: row?.ringing ?? 0, lastHour: row?.last_hour ?? 0 }
}

/** How many citizens asked for a person since then, and how many did not get one in time. */
export async function personWishes(
  queries: Queries,
  name: string,
  sinceMs: number,
  inTimeMs: number,
): Promise<{ readonly asked: number; readonly missed: number }> {
  const [row] = await queries.query(
    sql`select count(*)::int as asked, count(*) filter (where coalesce(person_waited_ms > ${inTimeMs}, true))::int as missed
      from survey_attempts a join surveys s on s.id = a.survey
      where s.campaign = ${name} and a.rung_at >= ${new Date(sinceMs)} and person_asked`,
    z.object({ asked: z.number(), missed: z.number() }),
  )
  return row ?? { asked: 0, missed: 0 }
}

const standingRow = z.object({
  state: z.string(),
  settled: z.enum(settlements).nullable(),
  due: z.number(),
  count: z.number(),
})

/** The number of surveys in each state. */
export const standing = (queries: Queries, name: string, nowMs: number) =>
  queries.query(
    sql`select state, settled, count(*)::int as count,
        count(*) filter (where next_at <= ${new Date(nowMs)})::int as due
      from surveys where campaign = ${name} group by state, settled`,
    standingRow,
  )

const hourRow = z.object({ hour: z.date(), rung: z.number(), reached: z.number(), answered: z.number() })

/** Attempts by the hour in which they began; answers count for that hour, too. */
export const attemptsByHour = (queries: Queries, name: string, sinceMs: number) =>
  queries.query(
    sql`select date_trunc('hour', a.rung_at) as hour, count(*)::int as rung,
        count(*) filter (where a.how = 'talked')::int as reached,
        count(*) filter (where a.how = 'talked'
          and (s.contacted is not null or s.solved is not null or s.rating is not null))::int as answered
      from survey_attempts a join surveys s on s.id = a.survey
      where s.campaign = ${name} and a.rung_at >= ${new Date(sinceMs)}
      group by 1 order by 1`,
    hourRow,
  )
