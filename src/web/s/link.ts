import type { LinkAnswer, LinkState, LinkTaken } from '../../http/contract.ts'

/** How the page stands. `away`: nobody could be asked, and it may be tried again. */
export type Outcome = LinkState | LinkTaken | 'asking' | 'unknown' | 'away'

const pathOf = (token: string) => `/survey-links/${encodeURIComponent(token)}`

export const askState = (token: string): Promise<Outcome> => ask(token, {})

export const sendAnswer = (token: string, answer: LinkAnswer): Promise<Outcome> =>
  ask(token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  })

async function ask(token: string, request: RequestInit): Promise<Outcome> {
  try {
    const response = await fetch(pathOf(token), { ...request, referrerPolicy: 'no-referrer' })
    if (response.ok) return ((await response.json()) as { state: LinkState | LinkTaken }).state
    return response.status === 404 || response.status === 400 ? 'unknown' : 'away'
  } catch {
    return 'away'
  }
}
