import type { CitizenQuestion, PersonAsked, ReplyTaken } from '../../orders/asking/api.ts'

/** How the page stands. `away`: nobody could be asked, and it may be tried again. */
export type QuestionStand = CitizenQuestion | { readonly state: 'asking' | 'unknown' | 'away' | 'taken' }

const pathOf = (token: string) => `/question-links/${encodeURIComponent(token)}`

export const askQuestion = (token: string): Promise<QuestionStand> => ask<CitizenQuestion>(token, {})

export const sendReply = (token: string, words: string): Promise<QuestionStand> =>
  ask<ReplyTaken>(token, posted({ words }))

export const askPerson = (token: string, words: string): Promise<QuestionStand> =>
  ask<PersonAsked>(token, posted({ words }), '/person')

const posted = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

async function ask<Answer extends QuestionStand>(
  token: string,
  request: RequestInit,
  further = '',
): Promise<QuestionStand> {
  try {
    const response = await fetch(`${pathOf(token)}${further}`, { ...request, referrerPolicy: 'no-referrer' })
    if (response.ok) return (await response.json()) as Answer
    return { state: response.status === 404 || response.status === 400 ? 'unknown' : 'away' }
  } catch {
    return { state: 'away' }
  }
}
