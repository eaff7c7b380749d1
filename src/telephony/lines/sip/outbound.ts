import { reasonOf } from '../../../foundation/index.ts'
import { measure } from '../../../media/index.ts'
import { beforeSignals, hearSignal } from '../../amd/signals.ts'
import type { Call, Destination, DialOptions } from '../../call.ts'
import { createMediaCall, portOf } from '../../media-call.ts'
import { createPresence } from '../../presence.ts'
import { awaitAnswer, ringFault } from '../../ringing.ts'
import { abilitiesFor, told } from './abilities.ts'
import { createSession, followDialog, leaveDialog } from './dialog.ts'
import { namesOf, type SipDialog, type SipRequest } from './drachtio.ts'
import { createHolds } from './holding.ts'
import type { LineContext } from './inbound.ts'
import { invite } from './invite.ts'
import { failureOf, isTrunkFailure, readRefusal } from './outcome.ts'
import { isHeard, readOffer, readRemote, type SoundEnds, writeOffer } from './sdp.ts'
import { agreedBy } from './session-timer.ts'
import { onceTold } from './transfer.ts'
import { fromHeader, type Refusers, type Target } from './trunk.ts'

export type DialContext = LineContext & {
  /** How long a phone or trunk may take until it says that it rings. */
  readonly ringWithinMs: number
  readonly refusersOfText: Refusers
}

/** DESIGN: an agent who hears nothing of a third wonders by then. Lines that send nothing while nobody speaks say that they are there. */
const otherMissedMs = 5_000

/** Rings and waits for the answer. Leaves nothing behind when there is none: CANCEL, or BYE to an answer that crossed it. */
export async function dialOut(
  to: Destination,
  options: DialOptions,
  target: Target,
  context: DialContext,
): Promise<Call> {
  const {
    line,
    connection,
    isEmbedded,
    media,
    clock,
    log,
    journal,
    silence,
    admit,
    lasts,
    callOf,
    askPhone,
    ringWithinMs,
    refusersOfText,
  } = context
  const { onTransfer, onHandOver } = options
  const transferKey = { onTransfer, onHandOver, callOf }
  const { holds, onHold } = createHolds(log)
  const isSeat = to.kind === 'seat'
  const port = await media.open(options.near && portOf(options.near)).catch(cause => {
    throw ringFault('unreachable', to, 'no free media port', cause)
  })
  const withText = !refusersOfText.has(target.host)
  const text = withText ? await media.openText().catch(() => undefined) : undefined
  let sent: SipRequest | undefined
  let dialog: SipDialog | undefined
  let left = false
  let rang = false
  const leave = () => {
    left = true
    const made = dialog
    if (made) return onceTold(made, clock, () => leaveDialog(made, target.login))
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
    flow: options.flow,
    clock,
    port,
    journal,
    silence,
    isSeat,
    presence: createPresence(log),
    holds: isSeat ? holds : undefined,
    signalling: {
      answer: async () => undefined,
      leave,
      askPhone: async () => (dialog ? askPhone(dialog) : 'gone'),
      isHolding: () => session.isHolding(),
    },
  })
  const missedAfterMs = isSeat ? silence?.seats.missedAfterMs : options.near && otherMissedMs
  const session = createSession(port, media, dialled, text, {
    missedAfterMs,
    onHold: isSeat ? onHold : undefined,
  })
  admit(dialled)

  /** Where it is the trunk that failed, their telephone is not to blame. */
  const silent = to.kind === 'number' ? 'trunk-failed' : 'unreachable'
  const late = () => (rang ? 'no-answer' : 'unreachable')
  const ringing = awaitAnswer(dialled, to, options, { clock, leave, late })
  const settled = () => {
    stopReaching()
    return undefined
  }
  // That they work on it (100) is not passed on by SIP servers: what counts is that it rings, or a final answer.
  const stopReaching = clock.after(ringWithinMs, () => {
    if (rang || left) return
    leave()
    ringing.failed(silent, 'us', 'no ringing in time')
  })
  ringing.answer.then(settled, settled)
  // They may have given up while the ports were opened.
  if (left) return ringing.answer

  let stopListening: (() => void) | undefined
  /** A network that answers for a number says so before the answer, by tones and in words: nobody waits that out. */
  const listenEarly = (ends: SoundEnds) => {
    if (dialog || left) return
    port.connect({ ...ends.remote, send: false })
    let signals = beforeSignals
    stopListening ??= port.tap(frame => {
      if (frame.direction !== 'heard' || dialog || left) return
      const heard = hearSignal(signals, measure(frame))
      signals = heard.state
      if (heard.signal !== 'sit') return
      journal.write(dialled.call.id, { kind: 'refused', by: 'them', status: 183, why: 'sit' })
      leave()
      ringing.failed('unreachable', 'them', 'an announcement of the network')
    })
  }
  const offer = (alsoText: boolean) => {
    const local = session.next()
    return writeOffer(alsoText ? local : { ...local, textPort: undefined })
  }
  try {
    invite(
      connection.app,
      target,
      {
        From: fromHeader(options.from),
        ...told(abilitiesFor(transferKey)),
      },
      offer,
      { withText: text !== undefined, onTextRefused: () => refusersOfText.add(target.host) },
      {
        onSent(request) {
          sent = request
          if (left) leave()
        },
        onRinging(response) {
          rang = true
          const early = to.kind === 'number' ? readRemote(response.body ?? '', media.family) : undefined
          if (isHeard(early)) listenEarly(early)
        },
        onMoved(sdp) {
          const moved = readOffer(sdp, media.family)
          if (!isHeard(moved)) return undefined
          if (to.kind === 'number') listenEarly(moved)
          return moved.answer(session.next())
        },
        onAnswer(made, sdp) {
          dialog = made
          lasts(made, dialled, session)
          stopListening?.()
          session.signalsFrom(made.res.source_address, false)
          if (left) return leaveDialog(made, target.login)
          const agreed = { peer: made.res, interval: agreedBy(made.res) }
          followDialog(made, dialled, { session, clock, log, ...agreed, isEmbedded, ...transferKey })
          const ends = readRemote(sdp, media.family)
          if (!isHeard(ends)) {
            leave()
            return ringing.failed('rejected', 'us', 'no common codec')
          }
          session.connect(ends)
          dialled.answered(ends.remote.codec, namesOf(made))
          ringing.answered()
        },
        onRefused(response) {
          if (left) return
          if (!response) return ringing.failed(silent, 'failure', 'an INVITE that was not sent')
          const refusal = readRefusal(response)
          journal.write(dialled.call.id, { kind: 'refused', by: 'them', ...refusal })
          const why = isTrunkFailure(refusal, rang) ? silent : failureOf(refusal, rang)
          ringing.failed(why, 'them', `status ${refusal.status}`)
        },
        isLeft: () => left,
      },
    )
  } catch (error) {
    ringing.failed('line-down', 'failure', reasonOf(error))
  }
  return ringing.answer
}
