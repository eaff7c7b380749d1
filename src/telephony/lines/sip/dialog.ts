import type { Clock } from '../../../foundation/index.ts'
import type { MediaPort, Remote } from '../../../media/index.ts'
import type { MediaCall } from '../../media-call.ts'
import type { SipDialog, SipRequest, SipResponse } from './drachtio.ts'
import { keyOfInfo } from './info.ts'
import { type Local, readOffer, readRemote, writeOffer } from './sdp.ts'

/** Our side of one SIP session: what we have described so far, on which port. */
export type Session = {
  /** The next description of it. */
  next(): Local
}

export function createSession({ local }: MediaPort): Session {
  let version = 0
  return { next: () => ({ ...local, version: ++version }) }
}

const sdp = { 'Content-Type': 'application/sdp' }

/** What is done with the answer to an offer of ours, that comes in an ACK (RFC 3261, section 13.2.1). */
type TakeAnswer = (remote: Remote) => void

/**
 * Follows what the other end does within the dialog: hangs up, holds, moves, presses keys.
 * Listeners must be on before control returns to the library: a BYE may be in the same read.
 * @param firstAnswer where our 200 made the offer.
 */
export function followDialog(
  dialog: SipDialog,
  { hear, end }: Pick<MediaCall, 'hear' | 'end'>,
  { port, session, clock }: { readonly port: MediaPort; readonly session: Session; readonly clock: Clock },
  firstAnswer?: TakeAnswer,
): void {
  let takeAnswer = firstAnswer

  /** RFC 3264, section 8; a refused offer leaves the session as it was (RFC 3261, section 14.2). */
  const renegotiate = (request: SipRequest, response: SipResponse) => {
    if (request.body) {
      const offer = readOffer(request.body)
      if (!offer) return response.send(488)
      port.connect(offer.remote)
      response.send(200, { headers: sdp, body: offer.answer(session.next()) })
    } else if (request.method === 'INVITE') {
      takeAnswer = remote => port.connect(remote)
      response.send(200, { headers: sdp, body: writeOffer(session.next()) })
    } else response.send(200)
  }

  dialog.on('destroy', bye => {
    if (bye.source === 'application') void end('failure', 'signalling-lost')
    else void end('them', 'hung-up')
  })
  dialog.on('modify', renegotiate)
  dialog.on('update', renegotiate)
  dialog.on('ack', ack => {
    const take = takeAnswer
    takeAnswer = undefined
    if (!take) return
    const remote = readRemote(ack.body ?? '')
    if (remote) return take(remote)
    leaveDialog(dialog)
    void end('us', 'hung-up')
  })
  dialog.on('info', (request, response) => {
    const key = keyOfInfo(request.get('Content-Type') ?? '', request.body ?? '')
    if (key) hear({ key, source: 'info', atMs: clock.monotonicMs() })
    response.send(key || !request.body ? 200 : 415)
  })
  // Whom a caller is put through to is decided in this house, not by their phone.
  dialog.on('refer', (_, response) => response.send(603))
}

/** BYE. That it could not be sent, or was not answered, is no news to a call that is over. */
export function leaveDialog(dialog: SipDialog): void {
  if (dialog.connected) dialog.destroy({}, () => undefined)
}
