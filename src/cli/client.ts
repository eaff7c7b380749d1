import { createWriteStream } from 'node:fs'
import { isIPv6 } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault, FaultList, readCertificate, reasonOf, systemClock } from '../foundation/index.ts'
import type { SessionView } from '../http/contract.ts'
import type { Problem } from '../http/index.ts'
import { isRefusalCode } from '../http/words/refusals.ts'
import { askPinned } from './pinned.ts'

type Env = Readonly<Record<string, string | undefined>>

/**
 * The running hotline, over its API. What it answers has been held against the contract before it was sent.
 * @throws Fault `server-silent` when nothing listens; FaultList with whatever it refuses
 */
export type Client = {
  get<Answer>(path: string): Promise<Answer>
  /** A file as it is. */
  text(path: string): Promise<string>
  /** The same into a file of this machine, which only its owner reads. */
  save(path: string, file: string): Promise<void>
  post<Answer>(path: string, body?: object): Promise<Answer>
  remove(path: string): Promise<void>
  /**
   * What only a person may do, by somebody who signs in for it and out again; the token does not say who uses it.
   * @param code asked for where a second step is owed
   * @throws FaultList of `sign-in-refused`, `too-many-tries`, and what the work throws
   */
  signedIn<Done>(
    name: string,
    password: string,
    code: () => Promise<string>,
    work: (hotline: Pick<Client, 'post' | 'remove'>) => Promise<Done>,
  ): Promise<Done>
}

/**
 * Finds the hotline as the start did: by HTTP_PORT and the token in DATA_DIR; JIETING_URL and API_TOKEN go first.
 * Looks only when asked, since help and wrong arguments need none of it.
 */
export function createClient(env: Env): Client {
  /** A cookie in place of the token: somebody who has signed in. */
  type Way = {
    readonly isFile?: boolean
    readonly into?: string
    readonly cookie?: string
    readonly onCookie?: (cookie: string) => void
  }

  async function ask(method: string, path: string, body?: object, way: Way = {}): Promise<unknown> {
    const [{ httpsPlaceOf, readSettings }, { readToken }] = await Promise.all([
      import('../settings/index.ts'),
      import('../http/index.ts'),
    ])
    const settings = readSettings(env)
    const place = httpsPlaceOf(settings)
    const local = localUrl(place ? 'https' : 'http', settings.HTTP_HOST, settings.HTTP_PORT)
    const url = (env.JIETING_URL || local).replace(/\/+$/, '')
    const isOwn = place && url.startsWith('https:') && new URL(url).hostname === new URL(local).hostname
    const isSignIn = path.startsWith('/session')
    const byToken = way.cookie === undefined && !isSignIn
    const token = settings.API_TOKEN ?? (await readToken(settings.DATA_DIR).catch((fault: unknown) => fault))
    const asked = {
      method,
      headers: {
        ...(byToken && typeof token === 'string' && { authorization: `Bearer ${token}` }),
        ...(way.cookie !== undefined && { cookie: way.cookie, origin: new URL(url).origin }),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : undefined,
    }
    const target = `${url}${isSignIn ? '' : '/api'}${path}`
    const answering = isOwn
      ? askPinned(target, asked, await readCertificate(place, systemClock.now()))
      : fetch(target, asked)
    const response = await answering.catch(error => {
      throw error instanceof Fault ? error : silent(url, error)
    })
    way.onCookie?.(response.headers.getSetCookie()[0]?.split(';')[0] ?? '')
    if (response.status === 204) return undefined
    // That there is no token matters only once somebody is there who asks for it.
    if (response.status === 401 && byToken && typeof token !== 'string') throw token
    if (response.ok && way.into !== undefined && response.body)
      return pipeline(Readable.fromWeb(response.body), createWriteStream(way.into, { mode: 0o600 }))
    if (response.ok && way.isFile) return response.text()
    const answer = await response.json().catch(error => {
      throw foreign(url, error)
    })
    if (response.ok) return answer
    if (!isProblem(answer)) throw foreign(url)
    throw new FaultList(answer.faults.map(told))
  }

  return {
    get: <Answer>(path: string) => ask('GET', path) as Promise<Answer>,
    text: path => ask('GET', path, undefined, { isFile: true }) as Promise<string>,
    save: (path, into) => ask('GET', path, undefined, { into }) as Promise<void>,
    post: <Answer>(path: string, body?: object) => ask('POST', path, body) as Promise<Answer>,
    remove: path => ask('DELETE', path) as Promise<void>,
    async signedIn(name, password, code, work) {
      let cookie = ''
      const onCookie = (given: string) => {
        cookie = given
      }
      const { owes } = (await ask('POST', '/session', { name, password }, { onCookie })) as SessionView
      try {
        if (owes === 'second-factor')
          await ask('POST', '/session/second', { code: await code() }, { cookie, onCookie })
        return await work({
          post: <Answer>(path: string, body?: object) =>
            ask('POST', path, body, { cookie }) as Promise<Answer>,
          remove: path => ask('DELETE', path, undefined, { cookie }) as Promise<void>,
        })
      } finally {
        await ask('DELETE', '/session', undefined, { cookie })
      }
    },
  }
}

/** An address that means every interface is reached by the loopback one. */
function localUrl(scheme: string, host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `${scheme}://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`
}

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'faults' in answer && Array.isArray(answer.faults)

/** A hotline of another version can refuse by a code that this terminal does not know. */
const told = ({ code, ...said }: Problem['faults'][number]) =>
  new Fault({ ...said, code: isRefusalCode(code) ? code : 'fault-unknown' })

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
