/** Whoever comes to a front desk over real HTTP: somebody in a browser of their own, or a program that shows a token. */

/** What `signsIn` takes where nothing else is said. */
export const usualPassword = 'correct horse battery'

export type Answer = {
  readonly status: number
  readonly body: string
  readonly headers: Headers
  json<Body>(): Body
}
export type Visitor = ReturnType<ReturnType<typeof visitorsOf>['program']>
export type Browser = Awaited<ReturnType<ReturnType<typeof visitorsOf>['signsIn']>>

export function visitorsOf(url: string) {
  async function ask(
    method: string,
    path: string,
    own: Readonly<Record<string, string>>,
    given?: unknown,
  ): Promise<Answer> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: given === undefined ? own : { ...own, 'content-type': 'application/json' },
      body: given === undefined ? undefined : JSON.stringify(given),
    })
    const body = await answer.text()
    return { status: answer.status, body, headers: answer.headers, json: () => JSON.parse(body) }
  }
  const as = (own: Readonly<Record<string, string>>) => ({
    get: (path: string) => ask('GET', path, own),
    post: (path: string, given: unknown) => ask('POST', path, own, given),
    put: (path: string, given: unknown) => ask('PUT', path, own, given),
    delete: (path: string) => ask('DELETE', path, own),
  })
  return {
    program: (token: string) => as({ authorization: `Bearer ${token}` }),
    async signsIn(name: string, password = usualPassword) {
      const origin = { origin: url }
      const answer = await ask('POST', '/session', origin, { name, password })
      const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
      return { answer, cookie, ...as({ ...origin, cookie }) }
    },
  }
}
