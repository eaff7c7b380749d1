import { Fault, reasonOf } from '../../../foundation/index.ts'
import type { Call, CallEnd, Destination, DialOptions } from '../../call.ts'
import { createMediaCall, portOf } from '../../media-call.ts'
import { createSession, followDialog, leaveDialog } from './dialog.ts'
import type { Authenticate, InviteOptions, SipDialog, SipRequest } from './drachtio.ts'
import type { LineContext } from './inbound.ts'
import { readRemote, writeOffer } from './sdp.ts'

/** The way to the public network. */
export type Trunk = {
  /** `sip:host:port`, with parameters. */
  readonly uri: string
  readonly username?: string
  readonly password?: string
}

/** A phone or trunk that has not even said 100 by now is not there; SIP itself would try for 32 s (timer B). */
const reachWithinMs = 4_000

type Failure = { readonly code: string; readonly reason: CallEnd['reason'] }
const failures = {
  busy: { code: 'busy', reason: 'busy' },
  noAnswer: { code: 'no-answer', reason: 'no-answer' },
  rejected: { code: 'rejected', reason: 'refused' },
  unreachable: { code: 'unreachable', reason: 'unreachable' },
  lineDown: { code: 'line-down', reason: 'signalling-lost' },
} as const satisfies Record<string, Failure>

/** What a final status means to one who dialled (RFC 3261, section 21). */
function failureOf(status: number, rang: boolean): Failure {
  if (status === 486 || status === 600) return failures.busy
  if (status === 408 || status === 480 || status === 487)
    return rang ? failures.noAnswer : failures.unreachable
  if ([401, 403, 407, 415, 488, 603, 606].includes(status)) return failures.rejected
  return failures.unreachable
}

/** Rings and waits for the answer. Leaves nothing behind when there is none: CANCEL, or BYE to an answer that crossed it. */
export async function dialOut(
  to: Destination,
  options: DialOptions,
  trunk: Trunk | undefined,
  { line, connection, media, clock, log, journal, admit }: LineContext,
): Promise<Call> {
  const invite = inviteTo(to, options, trunk)
  const port = await media.open(options.near && portOf(options.near)).catch(cause => {
    throw faultOf(failures.unreachable, to, 'no free media port', cause)
  })
  const text = await media.openText().catch(() => undefined)
  let sent: SipRequest | undefined
  let dialog: SipDialog | undefined
  let left = false
  const leave = () => {
    left = true
    if (dialog) return leaveDialog(dialog)
    try {
      sent?.cancel(() => undefined)
    } catch (error) {
      // The library finds no connection any more, and we shall hear of that in a moment.
      log.debug({ reason: reasonOf(error) }, 'CANCEL not sent')
    }
  }
  const dialled = createMediaCall({
    line,
    direction: 'out',
    caller: options.from?.number ?? '',
    called: to.kind === 'seat' ? to.name : to.number,
    clock,
    port,
    journal,
    signalling: { answer: async () => undefined, leave },
  })
  const session = createSession(port, media, dialled, text)
  admit(dialled)

  return new Promise((resolve, reject) => {
    let heardOf = false
    let rang = false
    const fail = (error: unknown, by: CallEnd['by'], reason: CallEnd['reason']) => {
      settle()
      void dialled.end(by, reason).then(() => reject(error))
    }
    const giveUp = (failure: Failure, found: string) => {
      leave()
      fail(faultOf(failure, to, found), 'us', failure.reason)
    }
    const onAbort = () => {
      leave()
      fail(options.signal?.reason, 'us', 'cancelled')
    }
    const onEnded = () => {
      settle()
      reject(faultOf(failures.lineDown, to, 'the call ended while it rang'))
    }
    const stopRinging = clock.after(options.ringMs, () =>
      giveUp(rang ? failures.noAnswer : failures.unreachable, rang ? 'no answer in time' : 'no ringing'),
    )
    const stopReaching = clock.after(reachWithinMs, () => {
      if (!heardOf) giveUp(failures.unreachable, 'no reply')
    })
    const settle = () => {
      stopRinging()
      stopReaching()
      options.signal?.removeEventListener('abort', onAbort)
      dialled.call.signal.removeEventListener('abort', onEnded)
    }
    options.signal?.addEventListener('abort', onAbort, { once: true })
    dialled.call.signal.addEventListener('abort', onEnded, { once: true })

    const ring = () =>
      connection.app.createUAC(
        invite.uri,
        { ...invite.options, localSdp: writeOffer(session.next()) },
        {
          cbRequest: (_, request) => {
            sent = request
            if (left) leave()
          },
          cbProvisional: ({ status }) => {
            heardOf = true
            rang ||= status > 100
          },
        },
        (error, made) => {
          dialog = made
          if (left) return made && leaveDialog(made)
          if (!made) {
            const failure = error?.status ? failureOf(error.status, rang) : failures.unreachable
            return fail(faultOf(failure, to, `status ${error?.status ?? 'none'}`), 'them', failure.reason)
          }
          followDialog(made, dialled, { session, clock, log })
          const ends = readRemote(made.remote.sdp ?? '', media.family)
          if (!ends) return giveUp(failures.rejected, 'no common codec')
          settle()
          session.connect(ends)
          dialled.answered(ends.remote.codec)
          resolve(dialled.call)
        },
      )
    // They may have given up while the ports were opened.
    if (options.signal?.aborted) return onAbort()
    try {
      ring()
    } catch (error) {
      fail(faultOf(failures.lineDown, to, reasonOf(error)), 'failure', 'signalling-lost')
    }
  })
}

function inviteTo(
  to: Destination,
  { from }: DialOptions,
  trunk: Trunk | undefined,
): { readonly uri: string; readonly options: Omit<InviteOptions, 'localSdp'> } {
  const headers = { From: fromHeader(from) }
  const number = to.kind === 'number' ? to.number : /^tel:(.+)$/i.exec(to.contact)?.[1]
  if (to.kind === 'seat' && number === undefined) {
    if (/^sips?:\S+$/.test(to.contact)) return { uri: to.contact, options: { headers } }
    throw faultOf(failures.unreachable, to, 'a contact that is no SIP URI')
  }
  const host = /^sips?:([^@\s]+)$/.exec(trunk?.uri ?? '')?.[1]
  if (!trunk || !host)
    throw new Fault({
      code: 'no-trunk',
      place: 'SIP_TRUNK',
      found: 'no trunk to ring numbers through',
      expected: 'the SIP URI of one, as sip:trunk.example:5060',
    })
  const auth = authOf(trunk)
  return { uri: `sip:${userPart(number ?? '')}@${host}`, options: { headers, auth } }
}

/** Shows the password once a request: the library would answer a trunk that does not take it again and again. */
function authOf({ username, password }: Trunk): Authenticate | undefined {
  if (!username || !password) return undefined
  return (challenged, _, give) => {
    const shown = challenged.has('Proxy-Authorization') || challenged.has('Authorization')
    if (shown) give(new Error('password refused'))
    else give(null, username, password)
  }
}

/** The server puts its own address in the place of `localhost`. */
function fromHeader(from: DialOptions['from']): string {
  const name = from?.name?.replace(/[\p{Cc}"\\]/gu, '').slice(0, 60)
  const uri = `<sip:${userPart(from?.number ?? '') || 'anonymous'}@localhost>`
  return name ? `"${name}" ${uri}` : uri
}

const userPart = (number: string) => number.replace(/[^0-9A-Za-z+*#._-]/g, '').replaceAll('#', '%23')

const faultOf = ({ code }: Failure, to: Destination, found: string, cause?: unknown) =>
  new Fault({
    code,
    place: to.kind === 'seat' ? `seat ${to.name}` : 'the number dialled',
    found,
    expected: 'an answer',
    cause,
  })
