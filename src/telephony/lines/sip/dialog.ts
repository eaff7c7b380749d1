import { type Clock, type Log, reasonOf } from '../../../foundation/index.ts'
import type { MediaPool, MediaPort, TextPort } from '../../../media/index.ts'
import type { MediaCall, TextLine } from '../../media-call.ts'
import { abilitiesFor, notAllowed, outside, refusalOf, told, toldInFull } from './abilities.ts'
import { answerChallenge, type Login } from './challenge.ts'
import {
  isUnknownDialog,
  isWithoutWay,
  type ResponseTo,
  refuseWithin,
  type SipDialog,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  sendWithoutDialog,
} from './drachtio.ts'
import { infoBodies, keyOfInfo } from './info.ts'
import { readProposal } from './refusal.ts'
import { type Ends, isHeard, type Local, readOffer, readRemote, type SoundEnds, writeOffer } from './sdp.ts'
import { type Interval, keepSession } from './session-timer.ts'
import { createTransferKey, type TransferKey } from './transfer.ts'

/** Our side of one SIP session: what we have described so far, on which ports. */
export type DialogSession = {
  /** Of the addresses that we reach. */
  readonly family: MediaPool['family']
  /** Whoever describes themselves sends from there, too. */
  signalsFrom(address: string, isStranger: boolean): void
  /** The next description of it. */
  next(): Local
  /** Makes ready for text, where the other end has some; without a free port there is none. */
  openText(): Promise<void>
  /** Sends to and listens to the other end as it describes itself by now; one without sound is as one on hold. */
  connect(ends: Ends): void
  /** From now on it counts as fallen silent after so long, while whoever it talks to is heard. */
  missAfter(ms: number): void
  /** The other end has stopped what we say. */
  isHolding(): boolean
  /** Words that came as a whole, beside any stream of text. @returns whether anybody reads them. */
  read(words: string): boolean
}

/** Ends a line in T.140: a message is a line of its own, even where another is half typed. */
const lineSeparator = '\u2028'

type SessionOptions = {
  /** It counts as fallen silent after so long, while whoever it talks to is heard. */
  readonly missedAfterMs?: number
  /** Told when the other end puts us on hold, and takes us back. */
  readonly onHold?: (isHeld: boolean) => void
}

export function createSession(
  port: MediaPort,
  media: Pick<MediaPool, 'openText' | 'family'>,
  { call, type }: Pick<MediaCall, 'call' | 'type'>,
  opened?: TextPort,
  { missedAfterMs, onHold }: SessionOptions = {},
): DialogSession {
  let version = 0
  let text = opened
  let tell: ((words: string) => void) | undefined
  let signalsFrom: string | undefined
  let isStranger = false
  let heard: SoundEnds['remote'] | undefined
  let missed = missedAfterMs
  /** One way for the words of the call, however they come; those that are sent need a stream. */
  const words: TextLine = {
    send: said => text?.send(said),
    onText(listen) {
      tell = listen
    },
  }
  const closeText = () => {
    const closing = text
    text = undefined
    void closing?.close()
  }
  void call.ended.then(closeText)
  const hear = (remote: SoundEnds['remote'] | undefined) => {
    if (remote) port.connect({ ...remote, signalsFrom, isStranger, missedAfterMs: missed })
    const wasHolding = heard?.send === false
    heard = remote
    if ((remote?.send === false) !== wasHolding) onHold?.(!wasHolding)
  }
  return {
    family: media.family,
    signalsFrom(address, isUnknown) {
      signalsFrom = address
      isStranger = isUnknown
    },
    next: () => ({ ...port.local, version: ++version, textPort: text ? text.local.port : undefined }),
    async openText() {
      text ??= await media.openText().catch(() => undefined)
      if (call.signal.aborted) closeText()
    },
    connect(ends) {
      hear(ends.remote ?? (heard && { ...heard, send: false }))
      if (!ends.text || !text) return closeText()
      text.connect({ ...ends.text, signalsFrom })
      text.onText(typed => tell?.(typed))
      type(words)
    },
    missAfter(ms) {
      missed = ms
      hear(heard)
    },
    isHolding: () => heard?.send === false,
    read(message) {
      type(words)
      tell?.(`${lineSeparator}${message}${lineSeparator}`)
      return tell !== undefined
    },
  }
}

const sdp = { 'Content-Type': 'application/sdp' }

/** What is done with the answer to an offer of ours, that comes in the ACK of that INVITE (RFC 3261, section 13.2.1), or does not. */
type Asked = { readonly sequence: number; readonly take: (ends: Ends | undefined) => void }

const sequenceOf = (message: Pick<SipMessage, 'get'>) => Number.parseInt(message.get('CSeq') ?? '', 10)

export type Following = {
  readonly session: DialogSession
  readonly clock: Clock
  readonly log: Log
  /** The INVITE that came, or the answer to ours: what it says of the other end. */
  readonly peer: Pick<SipMessage, 'get'>
  /** The session timer that was agreed on. */
  readonly interval: Interval | undefined
  /** The SIP server is our own, which leaves session timers to us. */
  readonly isEmbedded: boolean
} & TransferKey

/**
 * Follows what the other end does within the dialog: hangs up, holds, moves, presses keys.
 * Listeners must be on before control returns to the library: a BYE may be in the same read.
 * @param firstAnswer where our 200 made the offer.
 */
export function followDialog(
  dialog: SipDialog,
  { call, hear, end }: Pick<MediaCall, 'call' | 'hear' | 'end'>,
  { session, clock, log, peer, interval, isEmbedded, ...transferKey }: Following,
  firstAnswer?: (ends: SoundEnds) => void,
): void {
  const can = abilitiesFor(transferKey)
  const hangUp = () => {
    leaveDialog(dialog)
    void end('us', 'hung-up')
  }
  let asked: Asked | undefined = firstAnswer && {
    sequence: sequenceOf(peer),
    take: ends => (isHeard(ends) ? firstAnswer(ends) : hangUp()),
  }
  const timer = keepSession(dialog, {
    clock,
    takesUpdate: /\bUPDATE\b/i.test(peer.get('Allow') ?? ''),
    serverTimesToo: !isEmbedded,
    offer: () => writeOffer(session.next()),
    onAnswer(sdp) {
      const ends = readRemote(sdp, session.family)
      if (ends) session.connect(ends)
    },
    onDead() {
      leaveDialog(dialog)
      void end('failure', 'signalling-lost')
    },
  })
  timer.restart(interval)
  void call.ended.then(timer.stop)

  /** Without one the session stays as it was (RFC 3261, section 14.1), and nobody is lost to it. */
  const takeAnswer = (ends: Ends | undefined) => {
    if (ends) session.connect(ends)
    else log.warn({ call: call.id }, 'an offer of ours in a call has no answer that we can take')
  }
  /** RFC 3264, section 8; a refused offer leaves the session as it was (RFC 3261, section 14.2). */
  const renegotiate = async (request: SipRequest, response: SipResponse) => {
    const proposal = readProposal(request)
    if ('refusal' in proposal)
      return response.send(proposal.refusal.status, { headers: proposal.refusal.headers })
    const { sdp: described, timer: agreed } = proposal
    const headers = { ...told(can), ...agreed.headers }
    const offer = described ? readOffer(described, session.family) : undefined
    if (described && !offer) return response.send(488)
    if (agreed.interval) timer.restart(agreed.interval)
    if (offer) {
      if (offer.text) await session.openText()
      session.connect(offer)
      response.send(200, { headers: { ...headers, ...sdp }, body: offer.answer(session.next()) })
    } else if (request.method === 'INVITE') {
      asked = { sequence: sequenceOf(request), take: takeAnswer }
      response.send(200, { headers: { ...headers, ...sdp }, body: writeOffer(session.next()) })
    } else response.send(200, { headers })
  }

  refuseWithin(dialog, request => refusalOf(request, can))
  dialog.on('destroy', bye => {
    if (bye.source === 'application') void end('failure', 'signalling-lost')
    else void end('them', 'hung-up')
  })
  const takeOffer = (request: SipRequest, response: SipResponse) => {
    renegotiate(request, response).catch(error => {
      log.error({ reason: reasonOf(error) }, 're-INVITE failed')
      if (!response.finalResponseSent) response.send(500)
    })
  }
  dialog.on('modify', takeOffer)
  dialog.on('update', takeOffer)
  dialog.on('ack', ack => {
    // The library tells of an ACK after a re-INVITE that came close behind it.
    if (!asked || sequenceOf(ack) < asked.sequence) return
    const { take } = asked
    asked = undefined
    take(readRemote(ack.body ?? '', session.family))
  })
  dialog.on('info', (request, response) => {
    const told = keyOfInfo(request.get('Content-Type') ?? '', request.body ?? '')
    if (told) hear({ ...told, source: 'info', atMs: clock.monotonicMs() })
    if (told || !request.body) response.send(200)
    else response.send(415, { headers: { Accept: infoBodies } })
  })
  dialog.on('options', (_, response) => response.send(200, { headers: toldInFull(can) }))
  // Whom a caller is put through to is decided in this house, not by their phone: a seat's may ask.
  dialog.on('refer', createTransferKey(dialog, transferKey))
  // Who sends words that nobody reads, or in a form that nobody can, is told so, and does not believe they were read.
  dialog.on('message', (request, response) => {
    const isText = /^\s*text\/plain\s*(;|$)/i.test(request.get('Content-Type') ?? '')
    if (!isText) return response.send(415, { headers: { Accept: 'text/plain' } })
    if (session.read(request.body ?? '')) response.send(200)
    else response.send(405, { headers: notAllowed(outside).headers })
  })
}

/**
 * BYE, and once more with a proof where the trunk asks for one. That it could not be sent, or was not answered, is no
 * news to a call that is over.
 */
export function leaveDialog(dialog: SipDialog, login?: Login): void {
  if (!dialog.connected) return
  if (!login) return void dialog.destroy({}, error => byeIfUnknown(dialog, error))
  const bye = (headers: Readonly<Record<string, string>>, onAnswer: (response: ResponseTo) => void) =>
    dialog.request({ method: 'BYE', headers }, (error, response) =>
      response ? onAnswer(response) : byeIfUnknown(dialog, error),
    )
  bye({}, response => {
    const proof = answerChallenge(response, { method: 'BYE', uri: response.req.uri }, login)
    if (proof) bye({ [proof.header]: proof.value }, () => undefined)
  })
}

/** BYE in a dialog that we have left already, through a server that was away then. */
export const farewell = (dialog: SipDialog): void =>
  dialog.request({ method: 'BYE', headers: {} }, error => byeIfUnknown(dialog, error))

function byeIfUnknown(dialog: SipDialog, error: unknown): void {
  if (isUnknownDialog(error) || isWithoutWay(error)) sendWithoutDialog(dialog, 'BYE')
}
