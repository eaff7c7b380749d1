import type { Ledger, StoredEvent } from '../ledger/index.ts'
import type { Queries } from '../storage/index.ts'
import type { SurveyEvent, TimedEvent } from './survey.ts'

/** The ledger's room for surveys; each survey is a stream. */
export const surveyRoom = 'surveys'

export const appendEvents = (
  ledger: Ledger,
  tx: Queries,
  events: readonly (TimedEvent & { readonly survey: string; readonly place: number })[],
): Promise<void> =>
  ledger.append(
    tx,
    surveyRoom,
    events.map(({ survey, place, atMs, event: { kind, ...data } }) => ({
      stream: survey,
      place,
      atMs,
      kind,
      data,
    })),
  )

/** The events of these surveys, in order. */
export async function eventsOf(
  ledger: Ledger,
  queries: Queries,
  surveys: readonly string[],
): Promise<ReadonlyMap<string, readonly TimedEvent[]>> {
  const all = await ledger.events(queries, surveyRoom, surveys)
  return new Map([...all].map(([survey, events]) => [survey, events.map(timed)]))
}

/** The event as it was written; only this room writes them. */
export const timed = ({ atMs, kind, data }: StoredEvent): TimedEvent => ({
  atMs,
  event: { kind, ...data } as SurveyEvent,
})
