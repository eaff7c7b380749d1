import {
  type Clock,
  type Log,
  neighbourhoodOf,
  newId,
  reasonOf,
  sourceOf,
} from '../../../foundation/index.ts'
import type { MediaPool, MediaPort } from '../../../media/index.ts'
import type { Call, HangupReason } from '../../call.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import type { Journal } from '../../journal.ts'
import { createMediaCall, type MediaCall, type MediaCallOptions, portOf } from '../../media-call.ts'
import type { Home } from '../../numbers.ts'
import { createPresence } from '../../presence.ts'
import type { Asker } from '../../shares.ts'
import type { Sign } from '../../silence.ts'
import { abilitiesFor, outside, refusalOf, told } from './abilities.ts'
import type { Aside } from './aside.ts'
import { calledOf, callerOf } from './caller.ts'
import { createSession, type DialogSession, followDialog, leaveDialog } from './dialog.ts'
import { headersOf, namesOf, type SipDialog, type SipRequest, type SipResponse } from './drachtio.ts'
import { createHolds } from './holding.ts'
import { isReachable, type Proposal, type Refusal, readProposal, refusalFor } from './refusal.ts'
import type { Replaced } from './replaces.ts'
import { isHeard, readOffer, type SdpOffer, type SoundEnds, writeOffer } from './sdp.ts'
import type { ServerConnection } from './server.ts'
import { listed } from './session-timer.ts'
import { onceTold } from './transfer.ts'
import type { Trust } from './trust.ts'

/** What both directions of a SIP line need. */
export type LineContext = {
  readonly line: string
  readonly connection: ServerConnection
  readonly isEmbedded: boolean
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly silence: MediaCallOptions['silence']
  readonly home: Home
  /** Whose word on who calls is taken. */
  readonly trusts: Trust
  /** Counts the call in, until it is over. */
  readonly admit: (call: MediaCall) => void
  /** Follows a dialog from one connection to the next. */
  readonly lasts: (dialog: SipDialog, call: MediaCall, session: DialogSession) => void
  readonly askPhone: (dialog: SipDialog) => Promise<Sign>
  /** The call that somebody names by its dialog. */
  readonly callOf: (named: Replaced) => Call | undefined
  /** Counts a call that was not taken. */
  readonly onRefused: (status: number) => void
}

/** Headers that every response would repeat, longer than any telephone's: with them no answer could be sent at all. */
export const isTooLong = ({ headers }: SipResponse) => Object.values(headers).join('').length > 6_000

export function refuseTooLong(response: SipResponse): void {
  response.headers = {}
  response.send(513)
}

/** Who rings whom, read once: a number is parsed for it. */
export type Invitation = {
  readonly caller: string
  readonly name: string
  readonly called: string
  /** False where anybody can have written who calls; nothing where a peer that we trust says it. */
  readonly isProved: false | undefined
  readonly address: string
  /** It is a seat's telephone, which rings somebody for its caller. */
  readonly aside?: Aside
}

export function invitationIn(
  request: SipRequest,
  { home, trusts }: Pick<LineContext, 'home' | 'trusts'>,
): Invitation {
  const address = request.source_address
  const isTrusted = trusts(address)
  const { number: caller, name } = callerOf(headersOf(request), home, isTrusted)
  return { caller, name, called: calledOf(request.uri), isProved: isTrusted ? undefined : false, address }
}

type Noted = NonNullable<MediaCallOptions['noted']>

/** The clock starts here, and the order in which people ring: before anything is waited for. */
function noteInvite(
  { caller, called, name, isProved, aside }: Invitation,
  { line, clock, journal }: LineContext,
): Noted {
  const id = newId('call')
  const invitedAtMs = clock.now()
  journal.write(id, {
    kind: 'invited',
    line,
    // It is a seat's leg like the one that we rang, and nobody who rings the hotline.
    ...(aside ? { direction: 'out', caller: '', called: aside.seat } : { direction: 'in', caller, called }),
    name: name || undefined,
    isProved: aside ? undefined : isProved,
  })
  return { id, invitedAtMs }
}

/** A call that comes to nothing is in the list of calls all the same, with the reason. */
export function refuseInvite(
  invitation: Invitation,
  response: SipResponse,
  refusal: Refusal,
  context: LineContext,
  { id } = noteInvite(invitation, context),
): void {
  const { journal, onRefused } = context
  sendRefusal(response, refusal)
  journal.write(id, { kind: 'refused', by: 'us', status: refusal.status, why: refusal.why })
  journal.write(id, { kind: 'ended', by: 'us', reason: 'refused' })
  onRefused(refusal.status)
}

/** By whom a line is taken: the number that a trusted peer names, or else where the call comes from. */
export function askerOf({ caller, isProved, address }: Invitation): Asker {
  if (isProved === false) return { source: sourceOf(address), network: neighbourhoodOf(address) }
  return caller === '' ? { source: `withheld@${address}`, isMany: true } : { source: caller }
}

export const sendRefusal = (response: SipResponse, { status, headers }: Refusal) =>
  response.send(status, { headers: { Allow: told(outside).Allow, ...headers } })

/** Turns an INVITE into a call and hands it over, or refuses it. Resolves once it is handed over. */
export async function takeInvite(
  request: SipRequest,
  invitation: Invitation,
  response: SipResponse,
  handlers: CallHandlers,
  context: LineContext,
): Promise<void> {
  let cancelled = false
  let onCancel = () => {
    cancelled = true
  }
  request.on('cancel', () => onCancel())
  const noted = noteInvite(invitation, context)
  const refuse = (refusal: Refusal) => refuseInvite(invitation, response, refusal, context, noted)
  const headers = headersOf(request)
  const can = abilitiesFor({ onHandOver: invitation.aside?.onHandOver })
  const refusal = refusalOf({ get: headers.get, method: request.method }, can)
  if (refusal) return refuse(refusal)
  const proposal = readProposal({ get: headers.get, body: request.body })
  if ('refusal' in proposal) return refuse(proposal.refusal)
  if (!isReachable(headers, context.isEmbedded)) return refuse({ status: 400, why: 'contact' })
  const { sdp, timer } = proposal
  const described = sdp ? readOffer(sdp, context.media.family) : undefined
  const offer = isHeard(described) ? described : undefined
  if (sdp && !offer) return refuse(refusalFor('no-common-codec'))

  const { aside } = invitation
  const port = await context.media.open(aside && portOf(aside.near)).catch(() => undefined)
  if (!port) return refuse(refusalFor('full'))
  if (cancelled || context.connection.lost.aborted) {
    const end = cancelled
      ? ({ by: 'them', reason: 'cancelled' } as const)
      : ({ by: 'failure', reason: 'signalling-lost' } as const)
    context.journal.write(noted.id, { kind: 'ended', ...end })
    return void (await port.close())
  }
  onCancel = () => void invited.end('them', 'cancelled')
  const taken = { offer, timer }
  const { invited, replied } = createInvited(request, invitation, response, noted, port, taken, context)
  context.admit(invited)
  if (!aside) return deliver(invited.call, replied, handlers, context)
  // Who wants to know that it was heard, is told so that they can say it (RFC 3262, section 3).
  const isReliable = listed(headers.get('Require')).includes('100rel')
  response.send(180, isReliable ? { headers: { Require: '100rel' } } : {})
  aside.ring(invitation.called, invited.call).catch((error: unknown) => {
    context.log.debug({ call: invited.call.id, reason: reasonOf(error) }, 'a seat’s own call came to nothing')
    void invited.call.hangup(reasonOf(error) === 'number-not-listed' ? 'declined' : 'done')
  })
}

function createInvited(
  request: SipRequest,
  { caller, name, called, isProved, address, aside }: Invitation,
  response: SipResponse,
  noted: Noted,
  port: MediaPort,
  { offer, timer }: Pick<Proposal, 'timer'> & { readonly offer: (SdpOffer & SoundEnds) | undefined },
  context: LineContext,
) {
  const { line, connection, isEmbedded, media, clock, log, journal, silence, lasts, askPhone, onRefused } =
    context
  const { holds, onHold } = createHolds(log)
  const transferKey = { onHandOver: aside?.onHandOver, callOf: context.callOf }
  let dialog: SipDialog | undefined
  let asked = false
  let left: HangupReason | undefined
  let tellAnswered: () => void
  const answered = new Promise<void>(resolve => {
    tellAnswered = resolve
  })
  // Where they described nothing their ACK does so, which may be late or never come: our part is done with the 200.
  let tellReplied: () => void
  const replied = new Promise<void>(resolve => {
    tellReplied = resolve
  })

  const up = (ends: SoundEnds) => {
    session.connect(ends)
    invited.answered(ends.remote.codec, dialog && namesOf(dialog))
    tellAnswered()
  }
  const answer = async () => {
    if (!offer || offer.text) await session.openText()
    if (left) return refuse(left)
    const localSdp = offer ? offer.answer(session.next()) : writeOffer(session.next())
    const headers = { ...told(abilitiesFor(transferKey)), ...timer.headers }
    connection.app.createUAS(request, response, { localSdp, headers }, (_, made) => {
      if (!made) return void invited.end('failure', 'signalling-lost')
      dialog = made
      tellReplied()
      lasts(made, invited, session)
      const { interval } = timer
      const peer = headersOf(request)
      const following = { session, clock, log, peer, interval, isEmbedded, ...transferKey }
      followDialog(made, invited, following, offer ? undefined : up)
      if (left) leaveDialog(made)
      else if (offer) up(offer)
    })
  }

  const refuse = (reason: HangupReason) => {
    const refusal = refusalFor(reason)
    sendRefusal(response, refusal)
    journal.write(invited.call.id, { kind: 'refused', by: 'us', status: refusal.status, why: reason })
    onRefused(refusal.status)
  }
  const invited = createMediaCall({
    noted,
    line,
    direction: aside ? 'out' : 'in',
    caller: aside ? '' : caller,
    callerName: name,
    isProved: aside ? undefined : isProved,
    called: aside ? aside.seat : called,
    holds: aside && holds,
    isSeat: aside !== undefined,
    presence: aside && createPresence(log),
    clock,
    port,
    journal,
    silence,
    signalling: {
      askPhone: async () => (dialog ? askPhone(dialog) : 'gone'),
      isHolding: () => session.isHolding(),
      answer() {
        if (!asked) void answer()
        asked = true
        return answered
      },
      leave(reason) {
        left = reason
        const made = dialog
        if (made) onceTold(made, clock, () => leaveDialog(made))
        else if (!asked) refuse(reason)
      },
    },
  })
  const session = createSession(
    port,
    media,
    invited,
    undefined,
    aside ? { onHold, missedAfterMs: silence?.seats.missedAfterMs } : {},
  )
  session.signalsFrom(address, isProved === false)
  void invited.call.ended.then(() => {
    tellReplied()
    tellAnswered()
  })
  return { invited, replied }
}
