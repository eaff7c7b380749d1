import type { SipRequest } from './drachtio.ts'
import type { Refusal } from './refusal.ts'
import { listed } from './session-timer.ts'
import type { TransferKey } from './transfer.ts'

/** What we take, and from whom: methods and extensions, as what we send says it and as what comes is held to. */
export type Abilities = { readonly methods: readonly string[]; readonly options: readonly string[] }

const methods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'INFO', 'UPDATE', 'PRACK']
const options = ['100rel', 'timer']

export const outside: Abilities = { methods: [...methods, 'REGISTER'], options }
/** Those of the server that speaks for us, where it has to say them. */
export const sipMethods = outside.methods
/** Within a call words are taken as well (RFC 3428). */
const within: Abilities = { methods: [...methods, 'MESSAGE'], options }
/** A seat's phone may have its caller moved (RFC 3515), name the call to take over (RFC 3891), and want no news (RFC 4488). */
const withinSeat: Abilities = {
  methods: [...within.methods, 'REFER'],
  options: [...options, 'replaces', 'norefersub'],
}

/** What whoever is in a call with us may ask; REFER and Replaces only where something is done about them. */
export const abilitiesFor = ({ onTransfer, onHandOver }: Pick<TransferKey, 'onTransfer' | 'onHandOver'>) =>
  onTransfer || onHandOver ? withinSeat : within

/** How we say it (RFC 3261, sections 20.5 and 20.37). */
export const told = (can: Abilities) => ({ Allow: can.methods.join(', '), Supported: can.options.join(', ') })

/** What an OPTIONS is answered with, within a call as outside (RFC 3261, section 11.2). */
export const toldInFull = (can: Abilities) => ({ ...told(can), Accept: 'application/sdp' })

export const notAllowed = (can: Abilities): Refusal => ({
  status: 405,
  why: 'method',
  headers: { Allow: told(can).Allow },
})

export const noSuchCall: Refusal = { status: 481, why: 'dialog' }
const badEvent: Refusal = { status: 489, why: 'event' }

/**
 * Why a request is not taken, whatever it holds: its method first (RFC 3261, section 8.2.1), then what it requires
 * (section 8.2.2.3). Proxy-Require is for the proxies on the way, and no business of ours (section 20.29).
 */
export function refusalOf(request: Pick<SipRequest, 'get' | 'method'>, can: Abilities): Refusal | undefined {
  const { method } = request
  if (method === 'NOTIFY') return refusalOfNews(request)
  // What waits for one is told of by the server, and not by a call.
  if (method === 'PRACK') return noSuchCall
  if (!can.methods.includes(method)) return notAllowed(can)
  const unsupported = unsupportedIn(request, can)
  if (unsupported === undefined) return undefined
  return { status: 420, why: 'extension', headers: { Unsupported: unsupported } }
}

/** We subscribe to nothing, and know by its name what a phone is told of its REFER (RFC 3265, section 3.2.4). */
const refusalOfNews = (request: Pick<SipRequest, 'get'>): Refusal =>
  /^\s*refer\s*(;|$)/i.test(request.get('Event') ?? request.get('o') ?? '') ? noSuchCall : badEvent

/** The extensions that a request requires and we do not have, as 420 has to name them. */
function unsupportedIn(request: Pick<SipRequest, 'get'>, can: Abilities): string | undefined {
  const unknown = listed(request.get('Require')).filter(option => !can.options.includes(option))
  return unknown.length === 0 ? undefined : unknown.join(', ')
}
