import { Fault } from '../foundation/index.ts'
import type { Database, Queries } from '../storage/index.ts'
import type { Campaign } from './api.ts'
import { type CampaignState, campaignMoves } from './campaign-state.ts'
import {
  attemptsByHour,
  campaignLoad,
  lockCampaign,
  personWishes,
  selectCampaigns,
  standing,
  updateCampaign,
} from './campaign-store.ts'
import type { SurveyRules } from './rules.ts'

/** The author recorded for the system's own changes. */
const itself = 'jieting'
const hourMs = 3600_000

const windowFrom = (startedAtMs: number, rules: SurveyRules, nowMs: number) =>
  Math.max(startedAtMs, nowMs - rules.campaign.personWithinHours * hourMs)

/** Stops a campaign in which too many ask for a person in vain, in the transaction that detects it. */
export async function stopForMissedPersons(
  tx: Queries,
  name: string,
  rules: SurveyRules,
  nowMs: number,
): Promise<void> {
  const campaign = await lockCampaign(tx, name)
  if (campaign?.state !== 'running') return
  const { personSeconds, personMissed, personLeast } = rules.campaign
  const sinceMs = windowFrom(campaign.started_at.getTime(), rules, nowMs)
  const { asked, missed } = await personWishes(tx, name, sinceMs, personSeconds * 1000)
  if (asked < personLeast || missed / asked <= personMissed) return
  const because = `person-missed ${missed}/${asked} in ${personSeconds}`
  await updateCampaign(tx, name, { state: 'stopped', because, by: itself }, nowMs)
}

/** @throws Fault `campaign-unknown`, `campaign-state` */
export async function moveCampaign(
  database: Database,
  name: string,
  to: CampaignState,
  { by, because = '' }: { readonly by: string; readonly because?: string },
  nowMs: number,
): Promise<void> {
  await database.transaction(async tx => {
    const campaign = await lockCampaign(tx, name)
    if (!campaign)
      throw new Fault({ code: 'campaign-unknown', place: 'params.name', found: name, expected: 'a campaign' })
    if (!campaignMoves[campaign.state].includes(to))
      throw new Fault({
        code: 'campaign-state',
        place: 'campaign',
        found: `${campaign.state}, which does not become ${to}`,
        expected: `one that is ${Object.entries(campaignMoves)
          .filter(([, moves]) => moves.includes(to))
          .map(([from]) => from)
          .join(' or ')}`,
      })
    await updateCampaign(tx, name, { state: to, because, by }, nowMs)
  })
}

export async function showCampaigns(
  queries: Queries,
  rules: SurveyRules,
  nowMs: number,
  sinceMs = nowMs - 24 * hourMs,
): Promise<readonly Campaign[]> {
  const shown: Campaign[] = []
  for (const { name, state, because, changed_by: by, started_at } of await selectCampaigns(queries)) {
    const startedAtMs = started_at.getTime()
    const { personSeconds, personMissed, personLeast } = rules.campaign
    const wishes = await personWishes(
      queries,
      name,
      windowFrom(startedAtMs, rules, nowMs),
      personSeconds * 1000,
    )
    const rows = await standing(queries, name, nowMs)
    const count = (which: string) =>
      rows.filter(row => row.state === which).reduce((sum, row) => sum + row.count, 0)
    const hours = await attemptsByHour(queries, name, sinceMs)
    shown.push({
      name,
      state,
      because,
      by,
      startedAtMs,
      lines: rules.campaign.lines,
      perHour: rules.campaign.perHour,
      ...(await campaignLoad(queries, name, nowMs)),
      owed: count('owed'),
      due: rows.filter(row => row.state === 'owed').reduce((sum, row) => sum + row.due, 0),
      linked: count('linked'),
      settled: Object.fromEntries(
        rows.flatMap(row => (row.settled === null ? [] : [[row.settled, row.count]])),
      ),
      persons: { ...wishes, most: personMissed, least: personLeast, seconds: personSeconds },
      hours: hours.map(({ hour, ...counts }) => ({ atMs: hour.getTime(), ...counts })),
    })
  }
  return shown
}
