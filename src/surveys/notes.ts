import { z } from 'zod'
import type { Clock, Log } from '../foundation/index.ts'
import { createWriteBehind, openSpill, type WriteBehind } from '../storage/index.ts'
import type { SurveyActions } from './actions.ts'
import type { RingEnd } from './attempt-actions.ts'
import type { OneAnswer } from './survey.ts'

/** What happened in a survey call, on its way to the database; a citizen answers only once, so it must not be lost. */
export type SurveyNote =
  | { readonly kind: 'answer'; readonly survey: string; readonly answer: OneAnswer }
  | { readonly kind: 'opt-out'; readonly survey: string }
  | { readonly kind: 'end'; readonly survey: string; readonly attempt: number; readonly end: RingEnd }

/** The spilled form; only this room writes it. */
const spilled = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), survey: z.string(), answer: z.custom<OneAnswer>() }),
  z.object({ kind: z.literal('opt-out'), survey: z.string() }),
  z.object({
    kind: z.literal('end'),
    survey: z.string(),
    attempt: z.number(),
    end: z.custom<RingEnd>(),
  }),
])

/** Writes notes in order, each in its own transaction; a repeated note changes nothing. */
export function keepNotes({
  actions,
  spillFolder: folder,
  clock,
  log,
}: {
  readonly actions: Pick<SurveyActions, 'answer' | 'optOut' | 'end'>
  /** Where notes are kept while the database is away; in memory only when absent. */
  readonly spillFolder?: string
  readonly clock: Clock
  readonly log: Log
}): WriteBehind<SurveyNote> {
  const write = (note: SurveyNote): Promise<void> => {
    if (note.kind === 'answer') return actions.answer(note.survey, note.answer)
    if (note.kind === 'opt-out') return actions.optOut(note.survey)
    return actions.end(note.survey, note.attempt, note.end)
  }
  const parse = (found: unknown): SurveyNote => spilled.parse(found)
  return createWriteBehind<SurveyNote>({
    name: 'survey-notes',
    things: 'answers',
    write: async ([note]) => note && write(note),
    idOf: ({ survey, kind }) => `${survey} ${kind}`,
    spill: folder === undefined ? undefined : openSpill({ folder, name: 'survey-notes', parse, log }),
    clock,
    log,
    mostWaiting: 10_000,
  })
}
