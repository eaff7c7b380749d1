import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../foundation/index.ts'

/** What an answer may be made with. */
const algorithms = { 'SHA-256': 'sha256', MD5: 'md5' } as const
type Algorithm = keyof typeof algorithms

/** H(user:realm:password) in hex, by algorithm (RFC 7616, section 3.4.2): the password itself is nowhere kept. */
export type Credentials = { readonly md5: string; readonly sha256: string }

export type DigestVerdict =
  | { readonly kind: 'known'; readonly user: string }
  /** Not proved; `stale` when only the nonce was too old, so that a phone need not ask for its password again. */
  | { readonly kind: 'unknown'; readonly stale: boolean }

export type DigestCheck = {
  /** Who sent a request with this Authorization header (RFC 7616, RFC 8760). */
  check(method: string, authorization: string | undefined): DigestVerdict
  /** The value of WWW-Authenticate. */
  challenge(stale: boolean): string
}

/** A nonce is good for so long, and each of its counts once. */
const nonceLastsMs = 300_000

/**
 * Nonces carry their time and our seal, so that asking for one costs us no memory; only those with which someone
 * proved who they are, are kept, with the last count.
 */
export function createDigestCheck(
  realm: string,
  credentialsOf: (user: string) => Credentials | undefined,
  clock: Clock,
): DigestCheck {
  const key = randomBytes(32)
  const counts = new Map<string, number>()

  const seal = (text: string) => createHmac('sha256', key).update(text).digest('base64url')
  const newNonce = () => {
    const text = `${clock.now().toString(36)}.${randomBytes(9).toString('base64url')}`
    return `${text}.${seal(text)}`
  }
  const ageOf = (nonce: string) => {
    const [time = '', chance = '', mark = ''] = nonce.split('.')
    return same(seal(`${time}.${chance}`), mark) ? clock.now() - Number.parseInt(time, 36) : undefined
  }
  const forgetOld = () => {
    for (const nonce of counts.keys())
      if ((ageOf(nonce) ?? nonceLastsMs) >= nonceLastsMs) counts.delete(nonce)
  }

  return {
    // MD5 alone, though RFC 8760 would have SHA-256 first: baresip 1.0, as Debian has it, gives up when it is offered.
    // A phone that answers with SHA-256 all the same is taken. The passwords that we make hold 192 bits of chance.
    challenge: stale =>
      `Digest realm="${realm}", nonce="${newNonce()}", algorithm=MD5, qop="auth"${stale ? ', stale=true' : ''}`,

    check(method, authorization) {
      const unknown = { kind: 'unknown', stale: false } as const
      const given = readParams(authorization ?? '')
      const algorithm = (given.get('algorithm') ?? 'MD5').toUpperCase()
      const user = given.get('username') ?? ''
      const nonce = given.get('nonce') ?? ''
      const count = Number.parseInt(given.get('nc') ?? '', 16)
      if (!isAlgorithm(algorithm) || given.get('realm') !== realm || given.get('qop') !== 'auth')
        return unknown
      const credentials = credentialsOf(user)
      const ageMs = ageOf(nonce)
      if (credentials === undefined || ageMs === undefined) return unknown

      const hash = (text: string) => createHash(algorithms[algorithm]).update(text).digest('hex')
      const expected = hash(
        [
          credentials[algorithms[algorithm]],
          nonce,
          given.get('nc'),
          given.get('cnonce'),
          'auth',
          hash(`${method}:${given.get('uri')}`),
        ].join(':'),
      )
      if (!same(expected, given.get('response') ?? '')) return unknown
      // The password was right: what is wrong from here on, a new nonce mends.
      if (ageMs >= nonceLastsMs || !(count > (counts.get(nonce) ?? 0)))
        return { kind: 'unknown', stale: true }
      forgetOld()
      counts.set(nonce, count)
      return { kind: 'known', user }
    },
  }
}

const isAlgorithm = (name: string): name is Algorithm => name in algorithms

const same = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** `Digest name="value", name=value` (RFC 3261, section 25.1); nothing for another scheme. */
function readParams(header: string): ReadonlyMap<string, string> {
  const [, rest = ''] = /^\s*digest\s+(.*)$/is.exec(header) ?? []
  const pairs = rest.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)
  return new Map(
    [...pairs].map(([, name = '', quoted, bare]) => [
      name.toLowerCase(),
      bare ?? (quoted ?? '').replace(/\\(.)/g, '$1'),
    ]),
  )
}
