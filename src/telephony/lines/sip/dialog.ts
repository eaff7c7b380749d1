import type { Clock } from '../../../foundation/index.ts'
import type { MediaPort } from '../../../media/index.ts'
import type { MediaCall } from '../../media-call.ts'
import type { SipDialog, SipRequest, SipResponse } from './drachtio.ts'
import { keyOfInfo } from './info.ts'
import { answerOffer, type Local, readRemote, writeOffer } from './sdp.ts'

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

/**
 * Follows what the other end does within the dialog: hangs up, holds, moves, presses keys.
 * Listeners must be on before control returns to the library: a BYE may be in the same read.
 */
export function followDialog(
  dialog: SipDialog,
  { hear, end }: Pick<MediaCall, 'hear' | 'end'>,
  { port, session, clock }: { readonly port: MediaPort; readonly session: Session; readonly clock: Clock },
): void {
  const hangUp = () => leaveDialog(dialog)
  let answerDue = false

  /** RFC 3264, section 8; a refused offer leaves the session as it was (RFC 3261, section 14.2). */
  const renegotiate = (request: SipRequest, response: SipResponse) => {
    if (request.body) {
      const answer = answerOffer(request.body, session.next())
      if (!answer) return response.send(488)
      port.connect(answer.remote)
      response.send(200, { headers: sdp, body: answer.sdp })
    } else if (request.method === 'INVITE') {
      answerDue = true
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
    if (!answerDue) return
    answerDue = false
    const remote = readRemote(ack.body ?? '')
    if (remote) return port.connect(remote)
    hangUp()
    void end('failure', 'signalling-lost')
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
