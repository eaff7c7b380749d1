import type { ExpectedRow, Reported, StoredEvent } from '../ledger/index.ts'
import { surveyRoom, timed } from './event-store.ts'
import { closedOrders } from './owe.ts'
import type { SurveyRules } from './rules.ts'
import { replay } from './survey.ts'

/** Rebuilds from events what rates and campaigns are counted from. */
export const reportedSurveys = (rules: SurveyRules): Reported => ({
  room: surveyRoom,
  tables: [
    {
      name: 'surveys',
      stream: 'id',
      apart: {
        dial_number: 'the citizen’s, which goes when the order is erased',
        text_number: 'as dial_number',
        next_at: 'when somebody looks at it next; nothing is counted by it',
      },
    },
    {
      name: 'survey_attempts',
      stream: 'survey',
      order: 'rung_at',
      apart: { number: 'the citizen’s, which goes when the order is erased' },
    },
    { name: 'survey_links', stream: 'survey', order: 'token_hash', apart: {} },
  ],
  rebuild(id, events) {
    const survey = replay(events.map(timed), rules)
    const { owed, answers } = survey
    if (!owed) throw new Error('not owed')
    return {
      surveys: [
        {
          id,
          campaign: owed.campaign ?? closedOrders,
          order_number: owed.order,
          cycle: owed.cycle,
          elder: owed.elder,
          language: owed.language,
          unit: owed.unit,
          category: owed.category,
          street: owed.street,
          closed_at: new Date(owed.closedAtMs),
          referred: owed.isReferred ?? false,
          state: survey.state,
          reached: survey.reached,
          contacted: answers.contacted ?? null,
          solved: answers.solved ?? null,
          rating: answers.rating ?? null,
          settled: survey.settled ?? null,
          settled_at: survey.settledAtMs === undefined ? null : new Date(survey.settledAtMs),
          excluded: survey.exclusion?.agreed ?? false,
        },
      ],
      survey_attempts: attemptsIn(id, events),
      survey_links: linksIn(id, events),
    }
  },
})

/** An attempt begins with one event and ends with the first later one that mentions it. */
function attemptsIn(survey: string, events: readonly StoredEvent[]): readonly ExpectedRow[] {
  const rows: Record<string, unknown>[] = []
  for (const stored of events) {
    const { atMs, event } = timed(stored)
    // Before the ledger, a row and its event were written some milliseconds apart.
    const moment = stored.isAdopted ? undefined : new Date(atMs)
    if (event.kind === 'rung')
      rows.push({
        survey,
        attempt: event.attempt,
        redial: event.redial,
        half_day: event.half,
        rung_at: moment,
        ended_at: null,
        how: null,
        person_served: null,
        person_asked: false,
        person_waited_ms: null,
      })
    const open = rows.at(-1)
    if (event.kind === 'ended' && open?.how === null && open.attempt === event.attempt) {
      const { how, person } = event
      open.how = how
      open.ended_at = moment
      open.person_served = person?.served ?? null
      open.person_asked = person !== undefined && !person.unasked
      open.person_waited_ms = person?.waitedMs === undefined ? null : Math.round(person.waitedMs)
    }
  }
  return rows
}

/** For each link, the latest event about it. */
function linksIn(survey: string, events: readonly StoredEvent[]): readonly ExpectedRow[] {
  const links = new Map<string, ExpectedRow>()
  for (const { event } of events.map(timed))
    if (event.kind === 'link-made')
      links.set(event.tokenHash, {
        survey,
        token_hash: event.tokenHash,
        until_at: new Date(event.untilMs),
      })
  return [...links].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
