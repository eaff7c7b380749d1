import type { Cancel, Clock } from '../../../foundation/index.ts'
import type { ResponseTo, SipDialog, SipMessage } from './drachtio.ts'

/** Session timers (RFC 4028), which SIP servers leave to whoever speaks through them. */
export type Interval = { readonly seconds: number; readonly isOurs: boolean }

/** Below this, refreshes would be most of what a call says (section 4). */
const leastSeconds = 90

/** What we ask for: so long at most does a telephone stay in a call whose house died without a BYE. */
const ourSeconds = 300

type Header = Pick<SipMessage, 'get'>
type Headers = Readonly<Record<string, string>>

const asking = (seconds: number, least: number): Headers => ({
  'Session-Expires': String(seconds),
  'Min-SE': String(least),
})

/** What an INVITE of ours asks for (section 7.1). Who keeps the session up, the other end decides. */
export const askFirst: Headers = asking(ourSeconds, leastSeconds)

/**
 * What is asked for after a 422 (section 7.3): the least that it names, once. Who finds that too brief as well, or names
 * nothing longer, is called without a timer, which is no reason not to reach them.
 */
export function askAgain(refusal: Header, asked: Headers): Headers {
  const least = leastIn(refusal)
  return asked === askFirst && least > ourSeconds ? asking(least, least) : {}
}

/** What is asked, and by whom it is to be kept up. */
function readExpires(
  message: Header,
): { readonly seconds: number; readonly refresher?: 'uac' | 'uas' } | undefined {
  const value = message.get('Session-Expires') ?? message.get('x') ?? ''
  const seconds = /^\s*(\d{1,9})/.exec(value)?.[1]
  if (seconds === undefined) return undefined
  const refresher = /;\s*refresher\s*=\s*"?(uac|uas)/i.exec(value)?.[1]?.toLowerCase()
  return {
    seconds: Number(seconds),
    refresher: refresher === 'uac' || refresher === 'uas' ? refresher : undefined,
  }
}

/** The shortest interval that the other end, or a proxy between us, takes; 0 for any. */
const leastIn = (message: Header) => Number(/^\s*(\d{1,9})/.exec(message.get('Min-SE') ?? '')?.[1] ?? 0)

export type Agreed =
  | { readonly kind: 'too-brief'; readonly headers: Headers }
  | { readonly kind: 'agreed'; readonly headers: Headers; readonly interval: Interval | undefined }

/**
 * What we answer to a request (section 9). Who asks for a timer keeps it up, where they can; one that a proxy asked for on
 * behalf of a phone that cannot is kept up by us, however brief. Who can and does not ask is given one that we keep up:
 * they only have to hang up when we are gone.
 */
export function agreeOn(request: Header): Agreed {
  const asked = readExpires(request)
  const theyCan = [request.get('Supported') ?? request.get('k'), request.get('Require')].some(options =>
    listed(options).includes('timer'),
  )
  if (!asked && !theyCan) return { kind: 'agreed', headers: {}, interval: undefined }
  if (asked && asked.seconds < leastSeconds && theyCan)
    return { kind: 'too-brief', headers: { 'Min-SE': String(leastSeconds) } }
  const seconds = asked?.seconds ?? Math.max(ourSeconds, leastIn(request))
  const refresher = asked && theyCan ? (asked.refresher ?? 'uac') : 'uas'
  const headers: Headers = { 'Session-Expires': `${seconds};refresher=${refresher}` }
  return {
    kind: 'agreed',
    headers: refresher === 'uac' ? { ...headers, Require: 'timer' } : headers,
    interval: { seconds, isOurs: refresher === 'uas' },
  }
}

/** What was agreed by the answer to a request of ours; undefined for no timer. */
export function agreedBy(response: Header): Interval | undefined {
  const agreed = readExpires(response)
  return agreed && { seconds: agreed.seconds, isOurs: agreed.refresher !== 'uas' }
}

/** The options that a header lists, in lower case. */
export const listed = (value = ''): readonly string[] =>
  value
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)

export type SessionTimer = {
  /** Begins anew, as the last refresh agreed. */
  restart(interval: Interval | undefined): void
  stop(): void
}

export type TimedSession = {
  readonly clock: Clock
  /** Whether the other end takes UPDATE; else a re-INVITE refreshes. */
  readonly takesUpdate: boolean
  /**
   * Whether the SIP server has a timer of its own beside ours, as drachtio-server (0.9.10). That hangs up, or describes us by
   * what we once said, however often we refresh by UPDATE; an INVITE of ours begins it anew.
   */
  readonly serverTimesToo: boolean
  /** What a re-INVITE offers, and who takes the answer. */
  readonly offer: () => string
  readonly onAnswer: (sdp: string) => void
  /** The other end knows no such call, or does not answer. */
  readonly onDead: () => void
}

/** Of the interval: drachtio-server refreshes at its half, up to 5 s earlier. */
const beforeServer = 0.4

/** However brief or long what they ask for: neither do we flood them, nor is a wait longer than a timer can count. */
const briefestSeconds = 5
const longestSeconds = 86_400

/**
 * Keeps a session up, or watches that the other end does. One that it should have refreshed is not cut: we ask by a
 * refresh of our own whether it is still there, and only no answer ends the call.
 */
export function keepSession(dialog: SipDialog, session: TimedSession): SessionTimer {
  const { clock, offer, onAnswer, onDead, serverTimesToo } = session
  const takesUpdate = session.takesUpdate && !serverTimesToo
  let stopWaiting: Cancel = () => undefined
  let agreed: Interval | undefined
  let least = leastSeconds

  const restart: SessionTimer['restart'] = interval => {
    stopWaiting()
    agreed = interval
    if (!interval) return
    const { seconds, isOurs } = interval
    const half = serverTimesToo ? beforeServer : 0.5
    refreshIn(isOurs ? seconds * half : seconds - Math.min(32, seconds / 3))
  }
  const refreshIn = (seconds: number) => {
    const bounded = Math.min(Math.max(seconds, briefestSeconds), longestSeconds)
    stopWaiting = clock.after(bounded * 1000, refresh)
  }
  function refresh() {
    if (!dialog.connected || !agreed) return
    const headers = {
      Supported: 'timer',
      'Session-Expires': `${agreed.seconds};refresher=uac`,
      'Min-SE': String(least),
    }
    const sdp = { ...headers, 'Content-Type': 'application/sdp' }
    if (takesUpdate) dialog.request({ method: 'UPDATE', headers }, heard)
    else dialog.request({ method: 'INVITE', headers: sdp, body: offer() }, heard)
  }
  function heard(error: unknown, response?: ResponseTo) {
    if (response && response.status < 200) return
    const status = response?.status ?? 0
    if (!dialog.connected || !agreed) return
    // It was not asked: the server is away, or new. For as long as sound comes the call is alive.
    if (error || !response) return refreshIn(agreed.seconds / 10)
    // Nobody there (RFC 3261, section 12.2.1.2). Whatever else it says, it is alive.
    if (status === 408 || status === 481) return onDead()
    if (status < 300) {
      if (!takesUpdate) onAnswer(response.body ?? '')
      return restart(agreedBy(response) ?? { ...agreed, isOurs: true })
    }
    const longer = status === 422 ? leastIn(response) : 0
    if (longer <= agreed.seconds) return refreshIn(agreed.seconds / 10)
    // The session runs out as it was agreed on before: half of the longer time may be too late.
    least = longer
    agreed = { seconds: longer, isOurs: true }
    refresh()
  }
  return { restart, stop: () => restart(undefined) }
}
