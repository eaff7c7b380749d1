import { isIPv6 } from 'node:net'
import { Fault, FaultList, reasonOf } from '../foundation/index.ts'
import type { Problem } from '../http/index.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The running hotline, over its API. What it answers has been held against the contract before it was sent.
 * @throws Fault `server-silent` when nothing listens; FaultList with whatever it refuses
 */
export type Client = {
  get<Answer>(path: string): Promise<Answer>
  /** A file as it is. */
  text(path: string): Promise<string>
  post<Answer>(path: string, body?: object): Promise<Answer>
  remove(path: string): Promise<void>
}

/**
 * Finds the hotline as the start did: by HTTP_PORT and the token in DATA_DIR; JIETING_URL and API_TOKEN go first.
 * Looks only when asked, since help and wrong arguments need none of it.
 */
export function createClient(env: Env): Client {
  async function ask(method: string, path: string, body?: object, isFile = false): Promise<unknown> {
    const [{ readSettings }, { readToken }] = await Promise.all([
      import('../settings.ts'),
      import('../http/index.ts'),
    ])
    const settings = readSettings(env)
    const url = (env.JIETING_URL || localUrl(settings.HTTP_HOST, settings.HTTP_PORT)).replace(/\/+$/, '')
    const token = settings.API_TOKEN ?? (await readToken(settings.DATA_DIR).catch((fault: unknown) => fault))
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(typeof token === 'string' ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch(error => {
      throw silent(url, error)
    })
    if (response.status === 204) return undefined
    // That there is no token matters only once somebody is there who asks for it.
    if (response.status === 401 && typeof token !== 'string') throw token
    if (response.ok && isFile) return response.text()
    const answer = await response.json().catch(error => {
      throw foreign(url, error)
    })
    if (response.ok) return answer
    if (!isProblem(answer)) throw foreign(url)
    throw new FaultList(answer.faults.map(fault => new Fault(fault)))
  }

  return {
    get: <Answer>(path: string) => ask('GET', path) as Promise<Answer>,
    text: path => ask('GET', path, undefined, true) as Promise<string>,
    post: <Answer>(path: string, body?: object) => ask('POST', path, body) as Promise<Answer>,
    remove: path => ask('DELETE', path) as Promise<void>,
  }
}

/** An address that means every interface is reached by the loopback one. */
function localUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`
}

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'faults' in answer && Array.isArray(answer.faults)

const silent = (url: string, error: unknown) =>
  new Fault({
    code: 'server-silent',
    place: url,
    found: `nobody who answers (${reasonOf(error instanceof Error ? (error.cause ?? error) : error)})`,
    expected:
      'the hotline: start it with `npm start` or `jieting start`, or set HTTP_PORT or JIETING_URL to where it is',
    cause: error,
  })

const foreign = (url: string, cause?: unknown) =>
  new Fault({
    code: 'server-foreign',
    place: url,
    found: 'a server that is not the hotline',
    expected: 'the hotline: set HTTP_PORT or JIETING_URL to where it is',
    cause,
  })
