import { Fault } from '../../../foundation/index.ts'
import type { Destination, DialOptions } from '../../call.ts'
import { type Home, spokenNumber } from '../../numbers.ts'
import { ringFault } from '../../ringing.ts'
import { readUri } from './address.ts'
import type { Login } from './challenge.ts'

/** How a trunk wants numbers: +8613800138000, 8613800138000, or as people of the country key them, 13800138000. */
export const numberForms = ['e164', 'plain', 'national'] as const
export type NumberForm = (typeof numberForms)[number]

/** The way to the public network. */
export type Trunk = {
  /** `sip:host:port`, with parameters. */
  readonly uri: string
  readonly username?: string
  readonly password?: string
  /** e164 when absent. */
  readonly numberForm?: NumberForm
}

/** Whom an INVITE goes to. */
export type Target = {
  readonly uri: string
  /** Host and port: what is remembered of a trunk or phone is remembered by it. */
  readonly host: string
  readonly login?: Login
}

/** @throws Fault `unreachable` for a contact that is none, `no-trunk` for a number without one */
export function targetOf(to: Destination, trunk: Trunk | undefined, home: Home): Target {
  const number = to.kind === 'number' ? to.number : /^tel:(.+)$/i.exec(to.contact)?.[1]
  if (to.kind === 'seat' && number === undefined) {
    if (!/^sips?:\S+$/i.test(to.contact)) throw ringFault('unreachable', to, 'a contact that is no SIP URI')
    return { uri: to.contact, host: readUri(to.contact)?.host ?? '' }
  }
  const [, scheme, host] = /^(sips?):([^@\s]+)$/i.exec(trunk?.uri ?? '') ?? []
  if (!trunk || !host)
    throw new Fault({
      code: 'no-trunk',
      place: 'SIP_TRUNK',
      found: 'no trunk to ring numbers through',
      expected: 'the SIP URI of one, as sip:trunk.example:5060',
    })
  const { username, password, numberForm = 'e164' } = trunk
  const user = userPart(formed(number ?? '', numberForm, home))
  return {
    uri: `${scheme}:${user}@${host}`,
    host,
    login: username && password ? { username, password } : undefined,
  }
}

/** Short numbers, as 110, have one form. */
function formed(number: string, form: NumberForm, home: Home): string {
  if (form === 'e164' || !number.startsWith('+')) return number
  if (form === 'plain') return number.slice(1)
  const national = spokenNumber(number, home)
  return national.startsWith('+') ? `00${national.slice(1)}` : national
}

/** The server puts its own address in the place of `localhost`. */
export function fromHeader(from: DialOptions['from']): string {
  const name = from?.name?.replace(/[\p{Cc}"\\]/gu, '').slice(0, 60)
  const uri = `<sip:${userPart(from?.number ?? '') || 'anonymous'}@localhost>`
  return name ? `"${name}" ${uri}` : uri
}

const userPart = (number: string) => number.replace(/[^0-9A-Za-z+*#._-]/g, '').replaceAll('#', '%23')

/** Of whom we know that they refuse an offer with text in it: they are offered sound alone from the start. */
export type Refusers = { has(host: string): boolean; add(host: string): void }

/** Trunks are few, and phones of seats a few hundred. */
const mostRemembered = 500

export function createRefusers(): Refusers {
  const hosts = new Set<string>()
  return {
    has: host => hosts.has(host),
    add(host) {
      hosts.add(host)
      for (const oldest of hosts) if (hosts.size > mostRemembered) hosts.delete(oldest)
    },
  }
}
