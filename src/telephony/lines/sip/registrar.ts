import { isIP } from 'node:net'
import type { Cancel, Clock, Log } from '../../../foundation/index.ts'
import { readAddress, readAddresses, readUri } from './address.ts'
import { createBrake } from './brake.ts'
import { type Credentials, createDigestCheck } from './digest.ts'
import type { SipRequest } from './drachtio.ts'

/** Where phones say that they are (RFC 3261, section 10). What it knows is in memory: phones say it again and again. */
export type Registrar = {
  /** What to answer to a REGISTER. */
  receive(request: Pick<SipRequest, 'get' | 'source_address' | 'source_port' | 'protocol'>): Promise<Answer>
  /** What to answer to another request that is said to come from this user's phone; undefined where it proves to. */
  prove(method: string, request: Pick<SipRequest, 'get' | 'source_address'>, user: string): Answer | undefined
  /** The SIP URI at which a user's phone is now: of several the one that is preferred, or heard of last; undefined when there is none. */
  contactOf(user: string): string | undefined
  /** Forgets every phone, and tells nobody. */
  close(): void
}

export type RegistrarOptions = {
  readonly realm: string
  /** What a user's phone has to prove that it knows; undefined for nobody. */
  readonly credentialsOf: (user: string) => Credentials | undefined
  /** Told where a user's phone is now, at each REGISTER; without a contact once it has left, or said nothing in time. */
  readonly onContact: (user: string, contact: string | undefined) => void
  readonly clock: Clock
  readonly log: Log
}

type Answer = { readonly status: number; readonly headers: Record<string, string> }
/** Who proved who they are, or what to answer to the others. */
type Verdict = { readonly user: string } | Answer

type Binding = {
  /** As the phone calls itself. */
  readonly contact: string
  /** What it is known by, however it calls itself next time. */
  readonly identity: string
  /** How much it wants to be rung, 0 to 1 (section 20.10). */
  readonly preference: number
  /** Where it is reached from here. */
  readonly reachedAt: string
  readonly expiresAtMs: number
  readonly callId: string
  readonly sequence: number
}

const leastSeconds = 60
const mostSeconds = 3600
/** A user has a phone, and perhaps one at home. */
const mostPhones = 5

export function createRegistrar({
  realm,
  credentialsOf,
  onContact,
  clock,
  log,
}: RegistrarOptions): Registrar {
  const digest = createDigestCheck(realm, credentialsOf, clock)
  const brake = createBrake(clock, 10)
  /** An office of phones has one address, and somebody who tries every name, too. */
  const sourceBrake = createBrake(clock, 100)
  const bindings = new Map<string, readonly Binding[]>()
  const expiries = new Map<string, Cancel>()

  const current = (user: string) =>
    (bindings.get(user) ?? []).filter(({ expiresAtMs }) => expiresAtMs > clock.now())

  const contactOf = (user: string) => {
    const phones = current(user)
    const most = Math.max(...phones.map(({ preference }) => preference))
    return phones.findLast(({ preference }) => preference === most)?.reachedAt
  }

  /** Tells where the phone is, and again when the first binding runs out. */
  const tell = (user: string) => {
    expiries.get(user)?.()
    expiries.delete(user)
    const left = current(user)
    if (left.length > 0) {
      const firstMs = Math.min(...left.map(({ expiresAtMs }) => expiresAtMs))
      expiries.set(
        user,
        clock.after(firstMs - clock.now(), () => tell(user)),
      )
    } else bindings.delete(user)
    onContact(user, contactOf(user))
  }

  /** Who it is by the password, or what is asked for; whoever guesses waits. */
  const verify = (method: string, request: Pick<SipRequest, 'get' | 'source_address'>): Verdict => {
    const shown = request.get('authorization')
    const claim = `${request.source_address} ${/username\s*=\s*"?([^",]*)/i.exec(shown ?? '')?.[1] ?? ''}`
    const waitS = Math.max(brake.waitS(claim), sourceBrake.waitS(request.source_address))
    if (shown !== undefined && waitS > 0) return { status: 503, headers: { 'Retry-After': String(waitS) } }
    const verdict = digest.check(method, shown)
    if (verdict.kind === 'known') return { user: verdict.user }
    if (shown !== undefined && !verdict.stale) {
      brake.note(claim)
      sourceBrake.note(request.source_address)
    }
    return { status: 401, headers: { 'WWW-Authenticate': digest.challenge(verdict.stale) } }
  }

  return {
    contactOf,
    prove(method, request, user) {
      const verdict = verify(method, request)
      if ('status' in verdict) return verdict
      return verdict.user === user ? undefined : { status: 403, headers: {} }
    },
    close() {
      for (const cancel of expiries.values()) cancel()
      expiries.clear()
      bindings.clear()
    },

    async receive(request) {
      const verdict = verify('REGISTER', request)
      if ('status' in verdict) return verdict
      const { user } = verdict
      if (readUri(readAddress(request.get('to') ?? '')?.uri ?? '')?.user !== user)
        return { status: 403, headers: {} }

      const asked = readContacts(request.get('contact') ?? '', secondsIn(request.get('expires')))
      if (asked === 'wrong') return { status: 400, headers: {} }
      const callId = request.get('call-id') ?? ''
      const sequence = Number.parseInt(request.get('cseq') ?? '', 10)
      const before = current(user)
      if (asked === 'all') bindings.delete(user)
      else if (asked.some(({ seconds }) => seconds > 0 && seconds < leastSeconds))
        return { status: 423, headers: { 'Min-Expires': String(leastSeconds) } }
      else if (before.some(old => old.callId === callId && old.sequence >= sequence && asked.length > 0))
        return { status: 500, headers: {} }
      else {
        const kept = before.filter(old => asked.every(({ identity }) => identity !== old.identity))
        const fresh = asked
          .filter(({ seconds }) => seconds > 0)
          .map(({ contact, identity, preference, seconds }) => ({
            contact,
            identity,
            preference,
            reachedAt: reachable(contact, request),
            expiresAtMs: clock.now() + Math.min(seconds, mostSeconds) * 1000,
            callId,
            sequence,
          }))
        bindings.set(user, [...kept, ...fresh].slice(-mostPhones))
        if (fresh.length > 0) log.debug({ phones: kept.length + fresh.length }, 'phone registered')
      }
      // One that asks and changes nothing (section 10.2.3) is only answered.
      if (asked === 'all' || asked.length > 0) tell(user)
      return { status: 200, headers: listed(current(user), clock.now()) }
    },
  }
}

function listed(bindings: readonly Binding[], nowMs: number): Record<string, string> {
  if (bindings.length === 0) return {}
  const contacts = bindings.map(
    ({ contact, expiresAtMs }) => `<${contact}>;expires=${Math.ceil((expiresAtMs - nowMs) / 1000)}`,
  )
  return { Contact: contacts.join(', ') }
}

type Asked = Pick<Binding, 'contact' | 'identity' | 'preference'> & { readonly seconds: number }

/** What a Contact header asks for: `*` with Expires 0, and with nothing else, is the end of all bindings. */
function readContacts(header: string, expires: number): readonly Asked[] | 'all' | 'wrong' {
  if (header.trim() === '*') return expires === 0 ? 'all' : 'wrong'
  return readAddresses(header).flatMap(({ uri, params }) => {
    const read = readUri(uri)
    if (!read || read.scheme === 'tel' || read.host === '') return []
    const own = params.get('expires')
    return {
      contact: uri,
      identity: identityOf(uri, params),
      preference: preferenceIn(params.get('q')),
      seconds: own === undefined ? expires : secondsIn(own),
    }
  })
}

/** What cannot be read is an hour (section 10.2.1.1). */
const secondsIn = (text: string | undefined) =>
  /^\s*\d{1,10}\s*$/.test(text ?? '') ? Number(text) : mostSeconds
const preferenceIn = (text = '') => (/^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(text) ? Number(text) : 1)

/**
 * A phone that names its instance is that phone at whatever address (RFC 5626, section 4.2); another one is the address
 * that it gives, however that is spelt (RFC 3261, section 19.1.4).
 */
function identityOf(uri: string, params: ReadonlyMap<string, string>): string {
  const instance = params.get('+sip.instance')
  if (instance) return `${instance.toLowerCase()} ${params.get('reg-id') ?? ''}`
  const read = readUri(uri)
  const transport = read?.params.get('transport')?.toLowerCase() ?? ''
  return `${read?.scheme}:${read?.user}@${read?.host.toLowerCase().replace(/:5060$/, '')} ${transport}`
}

/** What would have us send elsewhere, or something else, than to ring this phone (RFC 3261, section 19.1.1). */
const detours: ReadonlySet<string> = new Set(['maddr', 'ttl', 'method'])

/** A contact without headers and without parameters that lead away from where its phone is; its own ones stay. */
function withoutDetours(contact: string): string {
  const at = contact.lastIndexOf('@') + 1
  const [host = '', ...params] = contact.slice(at).replace(/\?.*$/s, '').split(';')
  const kept = params.filter(
    param =>
      !detours.has(
        unescaped(param.split('=')[0] ?? '')
          .trim()
          .toLowerCase(),
      ),
  )
  return contact.slice(0, at) + [host, ...kept].join(';')
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

type From = Pick<SipRequest, 'source_address' | 'source_port' | 'protocol'>

/**
 * A phone behind a translator calls itself by an address of its own network: the one that its request came from is
 * the one that leads back (RFC 3581, section 4). Addressed rightly, it may listen on another port than it sends from. A phone
 * that came over TLS is rung over the connection that it has made: it has no certificate for another one (RFC 5626).
 */
function reachable(given: string, { source_address: address, source_port: port, protocol }: From): string {
  const contact = withoutDetours(given)
  const parts = /^(sips?:)((?:[^@]+@)?)(\[[^\]]+\]|[^:;?]+)(?::\d+)?(.*)$/i.exec(contact)
  if (!parts || !address) return contact
  const [, scheme = '', user = '', host = '', after = ''] = parts
  const source = `${isIP(address) === 6 ? `[${address}]` : address}:${port}`
  if (protocol?.toLowerCase() === 'tls')
    return `sip:${user}${source}${after.replace(/;\s*transport\s*=[^;]*/gi, '')};transport=tls`
  const literal = host.replace(/^\[|\]$/g, '')
  if (literal === address) return contact
  return `${scheme}${user}${source}${after}`
}
