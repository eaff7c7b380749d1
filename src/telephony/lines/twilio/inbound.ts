import { type Clock, type Log, newSecret, type Socket } from '../../../foundation/index.ts'
import type { MediaPool } from '../../../media/index.ts'
import type { Call } from '../../call.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import type { Journal } from '../../journal.ts'
import type { Home } from '../../numbers.ts'
import type { Asker } from '../../shares.ts'
import { openStreamCall, type StreamCall } from '../../stream-call.ts'
import { numberIn } from '../sip/caller.ts'
import { createMediaStream } from './media-stream.ts'
import { type FromTwilio, overStates, type Webhook } from './messages.ts'
import { connectTwiml, rejectTwiml } from './twilio.ts'

/** What calls of either direction need. */
export type TwilioContext = {
  readonly line: string
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly home: Home
  /** wss: address of the stream, as Twilio reaches it. */
  readonly streamUrl: string
}

/** A call with Twilio, either way. */
export type TwilioCall = {
  readonly call: Call
  /** What only the stream of this call knows. */
  readonly token: string
  /** The stream is there. False when it cannot be this call's, there is one already, or the call is over. */
  attach(socket: Socket, streamSid: string, callSid: string): boolean
  /** What the stream says. */
  take(message: FromTwilio): void
  /** What a webhook says of its state. */
  hears(webhook: Webhook): void
}

/** A call that came in, from its webhook on. */
export type IncomingCall = TwilioCall & {
  /** What the webhook is answered with, once the house has decided; the same each time it is asked. */
  readonly twiml: Promise<string>
}

/** By whom a line is taken: by the number that Twilio names. */
export function askerOf({ From }: Webhook, home: Home): Asker {
  const number = numberIn(From, home)
  return number === '' ? { source: 'withheld@twilio', isMany: true } : { source: number }
}

/** A call that was told to connect its stream does so at once, or is no more. */
const streamWithinMs = 10_000

/** @throws Fault `media-full` */
export async function openTwilioCall(
  webhook: Webhook,
  context: TwilioContext & CallHandlers,
): Promise<IncomingCall> {
  const { line, media, clock, log, journal, home, streamUrl } = context
  const token = newSecret()
  const stream = createMediaStream()
  let isAsked = false
  let isOver = false
  let tellUp!: () => void
  let decide!: (twiml: string) => void
  const up = new Promise<void>(resolve => {
    tellUp = resolve
  })
  const twiml = new Promise<string>(resolve => {
    decide = resolve
  })

  const made: StreamCall = await openStreamCall({
    line,
    media,
    clock,
    journal,
    direction: 'in',
    caller: numberIn(webhook.From, home),
    called: webhook.To,
    far: stream.far,
    signalling: {
      answer() {
        if (!isAsked)
          clock.after(streamWithinMs, () => !stream.isOpen() && void made.end('failure', 'signalling-lost'))
        isAsked = true
        decide(connectTwiml(streamUrl, token))
        return up
      },
      leave(reason) {
        decide(rejectTwiml(reason === 'full' || reason === 'done' ? 'busy' : 'rejected'))
        stream.close()
      },
    },
  })
  void made.call.ended.then(() => {
    isOver = true
    tellUp()
    decide(rejectTwiml('rejected'))
    stream.close()
  })
  deliver(made.call, up, context, { clock, log })
  const over = () => void made.end('them', made.isUp() ? 'hung-up' : 'cancelled')

  return {
    call: made.call,
    token,
    twiml,
    attach(socket, streamSid, callSid) {
      if (callSid !== webhook.CallSid || stream.isOpen() || isOver || !isAsked) return false
      stream.open(socket, streamSid, made)
      socket.onClose(over)
      tellUp()
      return true
    },
    take: message => (message.event === 'stop' ? over() : stream.take(message, made)),
    hears({ CallStatus }) {
      if (overStates.has(CallStatus)) over()
    },
  }
}
