import { createHash, createHmac } from 'node:crypto'
import { eventsOf } from './event-store.ts'
import type { HandParts, Hands } from './hand.ts'
import { insertLink, selectLink } from './store.ts'
import { type Answers, linkState, replay, type SurveyEvent } from './survey.ts'

export type SurveyLink = {
  /** Of the text that brings it: one survey is one text, however often it is tried, in the call and after it. */
  readonly id: string
  readonly token: string
  readonly to: string
  readonly language: string
}

type Parts = HandParts & {
  /** What tokens of links are made with: whoever has the database alone can make none. */
  readonly linkKey: Uint8Array
}

/** Links by which citizens answer on a page. */
export function createLinks(
  { database, ledger, rules, clock, linkKey }: Parts,
  { note, take, put, withDate, follow, linkUntil }: Hands,
) {
  return {
    /**
     * A token that opens the page of a survey that is not settled, and is kept nowhere: it is made anew from the survey
     * and our key, and so the same each time.
     * @returns undefined once it is settled, or where there is no number to send it to
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

    /** What a link opens. `over`: answered already, or too late. */
    async openLink(token: string): Promise<'open' | 'answered' | 'over' | undefined> {
      const link = await selectLink(database, hashOf(token))
      if (!link) return undefined
      const events = (await eventsOf(ledger, database, [link.survey])).get(link.survey) ?? []
      return linkState(replay(events, rules), link.untilMs, clock.now())
    },

    /** One answer a link. It settles as a key would. */
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
