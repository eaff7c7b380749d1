import { type Header, header, type Request, type Response, tokens, type WithHeaders } from './message.ts'
import type { Refusal } from './parse.ts'

/**
 * Session timers (RFC 4028): one side refreshes the session now and then, by UPDATE or re-INVITE, and where that does not
 * come or is not answered any more, both know that the call is over. So a phone whose call we have forgotten, because
 * our process died, does not stay silent until somebody hangs up.
 */
export type Agreement = { readonly seconds: number; readonly refresher: 'us' | 'them' }

/** What we ask for where nobody else does. RFC 4028 section 4 recommends 30 minutes; a hotline's calls are shorter. */
export const usualSeconds = 600
/** Nobody has to take less (RFC 4028 section 5). */
const leastSeconds = 90

type Asked = { readonly seconds: number; readonly refresher?: 'uac' | 'uas' }

/** What Session-Expires says; undefined without one, or if it can not be read. */
export function askedBy(message: WithHeaders): Asked | undefined {
  const [, seconds, refresher] =
    /^(\d{1,9})\s*(?:;.*?\brefresher\s*=\s*(ua[cs])\b.*|;.*)?$/i.exec(
      header(message, 'Session-Expires') ?? '',
    ) ?? []
  if (seconds === undefined) return undefined
  if (refresher === undefined) return { seconds: Number(seconds) }
  return { seconds: Number(seconds), refresher: refresher.toLowerCase() === 'uas' ? 'uas' : 'uac' }
}

/** Why a request to begin or refresh a session is refused: it wants to be refreshed too often (RFC 4028 section 9). */
export function tooBrief(request: Request): Refusal | undefined {
  const asked = canDo(request) ? askedBy(request) : undefined
  if (!asked || asked.seconds >= leastSeconds) return undefined
  return {
    status: 422,
    reason: 'Session Interval Too Small',
    headers: [{ name: 'Min-SE', value: String(leastSeconds) }],
  }
}

/** What we ask for: how long a session lasts without a refresh, and how long it has to last at least. */
export type Wish = { readonly seconds: number; readonly least?: number; readonly refresher?: 'us' | 'them' }

/** The headers by which a request of ours asks for a session timer; nothing if the app has asked for one itself. */
export function asking(
  given: WithHeaders,
  { seconds, least = leastSeconds, refresher }: Wish,
): readonly Header[] {
  const supported = canDo(given) ? [] : [supportedTimer]
  if (askedBy(given)) return supported
  const who = refresher ? `;refresher=${refresher === 'us' ? 'uac' : 'uas'}` : ''
  const expires = { name: 'Session-Expires', value: `${seconds}${who}` }
  const minimum = header(given, 'Min-SE') === undefined ? [{ name: 'Min-SE', value: String(least) }] : []
  return [...supported, expires, ...minimum]
}

/** What the far end has agreed to in its 2xx to our request (RFC 4028 section 7.2). */
export function agreedIn(response: Response): Agreement | undefined {
  const asked = askedBy(response)
  return asked && { seconds: asked.seconds, refresher: asked.refresher === 'uas' ? 'them' : 'us' }
}

/** How long a session has to last at least for a far end that refuses ours with 422; undefined for another refusal. */
export function leastOf(response: Response): number | undefined {
  const least = response.status === 422 ? Number(header(response, 'Min-SE')?.split(';')[0]) : Number.NaN
  return least > 0 ? least : undefined
}

/**
 * Our 2xx to their request, and what it agrees to (RFC 4028 section 9). Who has asked for the timer refreshes. An app that
 * has answered for itself is left alone; a far end that knows no timers gets one only where a proxy has asked.
 */
export function agreeing(
  request: Request,
  response: Response,
): { readonly response: Response; readonly agreed: Agreement | undefined } {
  const own = askedBy(response)
  const theirs = canDo(request)
  const asked = askedBy(request)
  if (own) return { response, agreed: agreementOf(own.seconds, own.refresher ?? 'uac') }
  if (!theirs && (!asked || asked.seconds < leastSeconds)) return { response, agreed: undefined }
  const seconds =
    asked?.seconds ?? Math.max(usualSeconds, Number.parseInt(header(request, 'Min-SE') ?? '0', 10) || 0)
  const refresher = theirs && asked ? (asked.refresher ?? 'uac') : 'uas'
  const headers: Header[] = [
    { name: 'Session-Expires', value: `${seconds};refresher=${refresher}` },
    ...(theirs ? [{ name: 'Require', value: 'timer' }] : []),
    ...(canDo(response) ? [] : [supportedTimer]),
  ]
  const answer = { ...response, headers: [...response.headers, ...headers] }
  return { response: answer, agreed: agreementOf(seconds, refresher) }
}

function agreementOf(seconds: number, refresher: 'uac' | 'uas'): Agreement {
  return { seconds, refresher: refresher === 'uac' ? 'them' : 'us' }
}

function canDo(message: WithHeaders): boolean {
  return [...tokens(message, 'Supported'), ...tokens(message, 'Require')].includes('timer')
}

const supportedTimer: Header = { name: 'Supported', value: 'timer' }
