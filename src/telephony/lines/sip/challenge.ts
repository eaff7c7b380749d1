import { createHash, randomBytes } from 'node:crypto'
import type { SipMessage } from './drachtio.ts'

/** What a trunk knows us by. */
export type Login = { readonly username: string; readonly password: string }

export type Proof = {
  readonly header: 'Authorization' | 'Proxy-Authorization'
  readonly value: string
  readonly realm: string
  /** Only the nonce was too old: the password was right. */
  readonly isStale: boolean
}

type Asked = { readonly method: string; readonly uri: string; readonly body?: string }

/** RFC 7616, section 3; RFC 8760. The name that is not given is MD5. */
const algorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
}

/** Answers a 401 or 407: the first of its challenges that we can answer (RFC 8760, section 2.4); undefined for none. */
export function answerChallenge(
  response: Pick<SipMessage, 'get'> & { readonly status: number },
  asked: Asked,
  login: Login,
  cnonce = randomBytes(8).toString('hex'),
): Proof | undefined {
  const isProxy = response.status === 407
  const challenges = readChallenges(response.get(isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate') ?? '')
  for (const challenge of challenges) {
    const value = prove(challenge, asked, login, cnonce)
    if (value === undefined) continue
    return {
      header: isProxy ? 'Proxy-Authorization' : 'Authorization',
      value,
      realm: challenge.get('realm') ?? '',
      isStale: /^true$/i.test(challenge.get('stale') ?? ''),
    }
  }
  return undefined
}

type Challenge = ReadonlyMap<string, string>

/**
 * The digest challenges of a header, that may hold several and of other schemes (RFC 9110, section 11.6.1): names in
 * lower case, values without quotes and otherwise as they stand, since they are hashed and given back so.
 */
export function readChallenges(header: string): readonly Challenge[] {
  const challenges: Map<string, string>[] = []
  let now: Map<string, string> | undefined
  for (const [, name = '', equals, quoted, token] of header
    .slice(0, 4_096)
    .matchAll(/([\w\-.!%*+`'~]+)(?:(\s*=\s*)(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g)) {
    if (equals !== undefined) now?.set(name.toLowerCase(), quoted ?? token ?? '')
    else {
      now = new Map()
      if (/^digest$/i.test(name)) challenges.push(now)
    }
  }
  return challenges
}

function prove(challenge: Challenge, { method, uri, body = '' }: Asked, login: Login, cnonce: string) {
  const named = challenge.get('algorithm')
  const [, name = '', session] = /^(.*?)(-sess)?$/i.exec((named ?? 'MD5').toUpperCase()) ?? []
  const algorithm = algorithms[name]
  const realm = challenge.get('realm')
  const nonce = challenge.get('nonce')
  const offered =
    challenge
      .get('qop')
      ?.toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean) ?? []
  const qop = offered.find(one => one === 'auth') ?? offered.find(one => one === 'auth-int')
  if (!algorithm || realm === undefined || nonce === undefined || (offered.length > 0 && !qop))
    return undefined

  const hash = (...parts: string[]) => createHash(algorithm).update(parts.join(':')).digest('hex')
  const secret = hash(login.username, realm, login.password)
  const ha1 = session ? hash(secret, nonce, cnonce) : secret
  const ha2 = qop === 'auth-int' ? hash(method, uri, hash(body)) : hash(method, uri)
  const count = '00000001'
  const response = qop ? hash(ha1, nonce, count, cnonce, qop, ha2) : hash(ha1, nonce, ha2)
  const opaque = challenge.get('opaque')
  const fields = [
    `username="${login.username.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    `algorithm=${named ?? 'MD5'}`,
    qop || session ? `cnonce="${cnonce}"` : undefined,
    qop ? `qop=${qop}, nc=${count}` : undefined,
    opaque === undefined ? undefined : `opaque="${opaque}"`,
  ]
  return `Digest ${fields.filter(field => field !== undefined).join(', ')}`
}
