import type { Clock, Log } from '../../../foundation/index.ts'
import type { MediaPool, MediaPort } from '../../../media/index.ts'
import type { HangupReason } from '../../call.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import type { Journal } from '../../journal.ts'
import { createMediaCall, type MediaCall } from '../../media-call.ts'
import type { Home } from '../../numbers.ts'
import { calledOf, callerOf } from './caller.ts'
import { createSession, followDialog, leaveDialog } from './dialog.ts'
import type { SipDialog, SipRequest, SipResponse } from './drachtio.ts'
import { type Ends, type Offer, readOffer, writeOffer } from './sdp.ts'
import type { Connection } from './server.ts'
import type { Trust } from './trust.ts'

/** What both directions of a SIP line need. */
export type LineContext = {
  readonly line: string
  readonly connection: Connection
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly home: Home
  /** Whose word on who calls is taken. */
  readonly trusts: Trust
  /** Counts the call in, until it is over. */
  readonly admit: (call: MediaCall) => void
}

/** How SIP says why we do not take a call (RFC 3261, section 21). */
const statuses: Record<HangupReason, number> = {
  done: 480,
  full: 503,
  'no-common-codec': 488,
  'not-found': 404,
  declined: 603,
  'shutting-down': 503,
}

/** Seconds after which a caller's exchange may try again. */
const retryAfter = { 'Retry-After': '5' }

export function refuse(response: SipResponse, reason: HangupReason): void {
  const status = statuses[reason]
  response.send(status, status === 503 ? { headers: retryAfter } : {})
}

/** Headers that every response would repeat, longer than any telephone's: with them no answer could be sent at all. */
export const isTooLong = ({ headers }: SipResponse) => Object.values(headers).join('').length > 6_000

export function refuseTooLong(response: SipResponse): void {
  response.headers = {}
  response.send(513)
}

/** Turns an INVITE into a call and hands it over, or refuses it. Resolves once it is handed over. */
export async function takeInvite(
  request: SipRequest,
  response: SipResponse,
  handlers: CallHandlers,
  context: LineContext,
): Promise<void> {
  let cancelled = false
  let onCancel = () => {
    cancelled = true
  }
  request.on('cancel', () => onCancel())
  const offer = request.body ? readOffer(request.body, context.media.family) : undefined
  if (request.body && !offer) return refuse(response, 'no-common-codec')

  const port = await context.media.open().catch(() => undefined)
  if (!port) return refuse(response, 'full')
  if (cancelled || context.connection.lost.aborted) return void (await port.close())
  onCancel = () => void invited.end('them', 'cancelled')
  const { invited, answered } = createInvited(request, response, port, offer, context)
  context.admit(invited)
  deliver(invited.call, answered, handlers, context)
}

function createInvited(
  request: SipRequest,
  response: SipResponse,
  port: MediaPort,
  offer: Offer | undefined,
  { line, connection: { app }, media, clock, log, home, trusts, journal }: LineContext,
) {
  let dialog: SipDialog | undefined
  let asked = false
  let left: HangupReason | undefined
  let tellAnswered: () => void
  const answered = new Promise<void>(resolve => {
    tellAnswered = resolve
  })

  const up = (ends: Ends) => {
    session.connect(ends)
    invited.answered(ends.remote.codec)
    tellAnswered()
  }
  const answer = async () => {
    if (!offer || offer.text) await session.openText()
    if (left) return refuse(response, left)
    const localSdp = offer ? offer.answer(session.next()) : writeOffer(session.next())
    app.createUAS(request, response, { localSdp }, (_, made) => {
      if (!made) return void invited.end('failure', 'signalling-lost')
      dialog = made
      followDialog(made, invited, { session, clock, log }, offer ? undefined : up)
      if (left) leaveDialog(made)
      else if (offer) up(offer)
    })
  }

  const caller = callerOf(request, home, trusts)
  const invited = createMediaCall({
    line,
    direction: 'in',
    caller: caller.number,
    callerName: caller.name,
    called: calledOf(request.uri),
    clock,
    port,
    journal,
    signalling: {
      answer() {
        if (!asked) void answer()
        asked = true
        return answered
      },
      leave(reason) {
        left = reason
        if (dialog) leaveDialog(dialog)
        else if (!asked) refuse(response, reason)
      },
    },
  })
  const session = createSession(port, media, invited)
  void invited.call.ended.then(() => tellAnswered())
  return { invited, answered }
}
