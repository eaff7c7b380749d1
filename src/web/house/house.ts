import type { Problem } from '../../http/contract.ts'
import type { PageRoutes } from './routes.ts'

/** Why there is no answer: the code of the fault, or `silent` where the house says nothing. */
export class Refused extends Error {
  readonly code: string
  /** Nobody is signed in, or owes something first: the page asks who is, and shows what is to be done. */
  readonly isShutOut: boolean

  constructor(code: string, status = 0) {
    super(code)
    this.code = code
    this.isShutOut = status === 401 || owing.includes(code)
  }
}

/** What every door says to who owes something first. */
const owing: readonly string[] = ['password-temporary', 'second-factor-missing']

type Values = Readonly<Record<string, string | number | boolean | undefined>>
type Request = { readonly path?: Values; readonly query?: Values; readonly body?: object }

/** Characters; 64 KiB of UTF-8 in all that is under way (Fetch, section 4.6). */
const mostAfterClosing = 10_000

/** Asks the house. @throws Refused */
export async function ask<Route extends keyof PageRoutes>(
  route: Route,
  asked: Omit<PageRoutes[Route], 'answer'>,
  signal?: AbortSignal,
): Promise<PageRoutes[Route]['answer']> {
  const { path = {}, query = {}, body }: Request = asked
  const [method = '', pattern = ''] = route.split(' ')
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const text = body && JSON.stringify(body)
  const answer = await fetch(given.length === 0 ? filled : `${filled}?${new URLSearchParams(given)}`, {
    method,
    signal,
    headers: body && { 'content-type': 'application/json' },
    body: text,
    // What somebody wrote or pressed goes out though the page is closed at once; browsers do that for so much at most.
    keepalive: text !== undefined && text.length < mostAfterClosing,
  }).catch(() => {
    throw new Refused('silent')
  })
  if (!answer.ok) throw new Refused(await codeOf(answer), answer.status)
  return answer.status === 204 ? undefined : answer.json()
}

/** Gives the house a file: a form of files is no JSON of the contract. @returns what it answers @throws Refused */
export async function upload<Answer>(path: string, file: File): Promise<Answer> {
  const body = new FormData()
  body.append('file', file)
  const answer = await fetch(path, { method: 'POST', body }).catch(() => {
    throw new Refused('silent')
  })
  if (!answer.ok) throw new Refused(await codeOf(answer), answer.status)
  return answer.json()
}

/** A proxy in front of the house refuses in words of its own. */
export async function codeOf(answer: Response): Promise<string> {
  const problem: Partial<Problem> = await answer.json().catch(() => ({}))
  return problem.faults?.[0]?.code ?? 'unforeseen'
}

export const reasonOf = (error: unknown) => (error instanceof Refused ? error.code : 'unforeseen')
