import { createHash, createHmac } from 'node:crypto'
import { eventsOf } from './event-store.ts'
import type { HandParts, Hands } from './hand.ts'
import { insertLink, selectLink } from './store.ts'
import { type Answers, linkState, replay, type SurveyEvent } from './survey.ts'

export type SurveyLink = {
  /** Id of the text: one survey makes one text, however often sending is tried, during the call or after. */
  readonly id: string
  readonly token: string
  readonly to: string
  readonly language: string
}

type Parts = HandParts & {
  /** Key for tokens, so that access to the database is not enough to forge one. */
  readonly linkKey: Uint8Array
}

/** Links to answer on a page. */
export function createLinks(
  { database, ledger, rules, clock, linkKey }: Parts,
  { note, take, put, withDate, follow, linkUntil }: Hands,
) {
  return {
    /**
     * Makes the token that opens the page of an unsettled survey. It is not stored: it is derived from the survey
     * and our key, so it is always the same.
     * @returns undefined once settled, or without a number to send it to
     */
    makeLink: (id: string): Promise<SurveyLink | undefined> =>
      database.transaction(async tx => {
        const hand = await take(tx, id)
        if (!hand || hand.survey.state === 'settled' || hand.row.text_number === null) return undefined
        const token = createHmac('sha256', linkKey)
          .update(`survey link ${id}`)
          .digest()
          .subarray(0, 16)
          .toString('base64url')
        const untilMs = hand.survey.linkUntilMs ?? linkUntil()
        if (await insertLink(tx, hashOf(token), id, untilMs)) {
          note(hand, { kind: 'link-made', tokenHash: hashOf(token), untilMs })
          await put(tx, [withDate(hand)])
        }
        return {
          id: `survey-link-${id}`,
          token,
          to: hand.row.text_number,
          language: hand.row.language ?? 'zh-CN',
        }
      }),

    /** What a link opens. `over`: answered otherwise, or too late. */
    async openLink(token: string): Promise<'open' | 'answered' | 'over' | undefined> {
      const link = await selectLink(database, hashOf(token))
      if (!link) return undefined
      const events = (await eventsOf(ledger, database, [link.survey])).get(link.survey) ?? []
      return linkState(replay(events, rules), link.untilMs, clock.now())
    },

    /** Accepts one answer per link, which settles the survey as keys would. */
    async answerLink(token: string, answers: Omit<Answers, 'reason'>) {
      const link = await selectLink(database, hashOf(token))
      if (!link) return undefined
      return database.transaction(async tx => {
        const hand = await take(tx, link.survey)
        if (!hand) return undefined
        const state = linkState(hand.survey, link.untilMs, clock.now())
        if (state !== 'open') return state
        for (const [name, value] of Object.entries(answers))
          if (value !== undefined) note(hand, { kind: 'answered', via: 'link', name, value } as SurveyEvent)
        await put(tx, [await follow(tx, hand, { kind: 'settle', as: 'answered' })])
        return 'taken' as const
      })
    },
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
