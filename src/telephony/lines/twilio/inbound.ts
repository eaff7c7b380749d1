import { type Clock, type Log, newSecret, type Socket } from '../../../foundation/index.ts'
import type { MediaPool } from '../../../media/index.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import type { Journal } from '../../journal.ts'
import { normaliseNumber } from '../../numbers.ts'
import { openStreamCall, type StreamCall } from '../../stream-call.ts'
import type { FromTwilio, Webhook } from './messages.ts'
import { connectTwiml, rejectTwiml } from './twilio.ts'

export type TwilioContext = CallHandlers & {
  readonly line: string
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  /** wss: address of the stream, as Twilio reaches it. */
  readonly streamUrl: string
}

/** A call of Twilio's, from its webhook on. */
export type TwilioCall = {
  /** What only the stream of this call knows. */
  readonly token: string
  /** What the webhook is answered with, once the house has decided; the same each time it is asked. */
  readonly twiml: Promise<string>
  readonly ended: Promise<unknown>
  /** The stream is there. False when there is one already, or the call is over. */
  attach(socket: Socket, streamSid: string): boolean
  take(message: FromTwilio): void
  /** Twilio says that it is over. */
  over(): void
}

/** Beyond a second of sound that has not left, more would only come later. */
const mostBacklogBytes = 16_000
/** A call that was told to connect its stream does so at once, or is no more. */
const streamWithinMs = 10_000

/** @throws Fault `media-full` */
export async function openTwilioCall(webhook: Webhook, context: TwilioContext): Promise<TwilioCall> {
  const { line, media, clock, log, journal, streamUrl } = context
  const token = newSecret()
  let socket: Socket | undefined
  let streamSid = ''
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
  const send = (event: string, more: object = {}) =>
    socket?.send(JSON.stringify({ event, streamSid, ...more }))

  const made: StreamCall = await openStreamCall({
    ...{ line, media, clock, journal, direction: 'in' },
    caller: normaliseNumber(webhook.From, 'CN'),
    called: webhook.To,
    far: {
      say(payload) {
        if (!socket || socket.backlog() > mostBacklogBytes) return
        send('media', { media: { payload: Buffer.from(payload).toString('base64') } })
      },
      mark: name => send('mark', { mark: { name } }),
      clear: () => send('clear'),
    },
    signalling: {
      answer() {
        if (!isAsked)
          clock.after(streamWithinMs, () => !socket && void made.end('failure', 'signalling-lost'))
        isAsked = true
        decide(connectTwiml(streamUrl, token))
        return up
      },
      leave(reason) {
        decide(rejectTwiml(reason === 'full' || reason === 'done' ? 'busy' : 'rejected'))
        socket?.close()
      },
    },
  })
  void made.call.ended.then(() => {
    isOver = true
    tellUp()
    decide(rejectTwiml('rejected'))
    socket?.close()
  })
  deliver(made.call, up, context, { clock, log })
  const over = () => void made.end('them', made.isUp() ? 'hung-up' : 'cancelled')

  return {
    token,
    twiml,
    ended: made.call.ended,
    over,
    attach(opened, sid) {
      if (socket || isOver || !isAsked) return false
      socket = opened
      streamSid = sid
      opened.onClose(over)
      made.port.connect('PCMU')
      made.answered('PCMU')
      tellUp()
      return true
    },
    take(message) {
      if (message.event === 'media') {
        const bytes = Buffer.from(message.media.payload, 'base64')
        made.port.hear(bytes, (message.media.timestamp * 8) >>> 0)
      } else if (message.event === 'dtmf') made.port.hearKey(message.dtmf.digit)
      else if (message.event === 'mark') made.heard(message.mark.name)
      else if (message.event === 'stop') over()
    },
  }
}
