import {
  createEvents,
  Fault,
  type RequestMount,
  reasonOf,
  type Socket,
  type SocketMount,
} from '../../../foundation/index.ts'
import type { Line, LineNotices } from '../../call.ts'
import { openTwilioCall, type TwilioCall, type TwilioContext } from './inbound.ts'
import { readMessage, readWebhook, type Webhook } from './messages.ts'
import { emptyTwiml, rejectTwiml, signedFields } from './twilio.ts'

export type TwilioLineOptions = Omit<TwilioContext, 'line' | 'streamUrl'> & {
  /** Signs every webhook; from Twilio's console. */
  readonly authToken: string
  /** Where Twilio reaches the front desk, as https://hotline.example. */
  readonly publicUrl: string
  readonly maxCalls: number
}

/** What came that is not of Twilio, or not of a call that is up. */
export type TwilioOffence = 'unsigned' | 'malformed' | 'stray-stream'

export type TwilioLine = Line & {
  readonly requests: readonly RequestMount[]
  readonly sockets: readonly SocketMount[]
  figures(): Readonly<Record<TwilioOffence, number>>
}

/** Calls that are over are remembered, so that a webhook that comes again rings nobody twice. */
const mostRemembered = 10_000
/** A stream says at once of which call it is. */
const startWithinMs = 10_000
const overStates = ['completed', 'busy', 'failed', 'no-answer', 'canceled']

/** Numbers at Twilio: a webhook for each call, answered with TwiML, and the sound over a stream of its own. */
export function openTwilioLine(options: TwilioLineOptions): TwilioLine {
  const { clock, log, publicUrl, maxCalls } = options
  const name = 'twilio'
  const calls = new Map<string, TwilioCall>()
  const past = new Map<string, Promise<string>>()
  const opening = new Map<string, Promise<string>>()
  const offences: Record<TwilioOffence, number> = { unsigned: 0, malformed: 0, 'stray-stream': 0 }
  const streamUrl = new URL('/twilio/stream', publicUrl.replace(/^http/, 'ws')).href
  let closing = false

  const offend = (offence: TwilioOffence) => {
    offences[offence]++
    log.warn({ offence }, 'refused what is not of Twilio')
  }
  const open = async (webhook: Webhook): Promise<string> => {
    if (closing || calls.size >= maxCalls) return rejectTwiml('busy')
    try {
      const call = await openTwilioCall(webhook, { ...options, line: name, streamUrl })
      calls.set(webhook.CallSid, call)
      void call.ended.then(() => {
        calls.delete(webhook.CallSid)
        past.set(webhook.CallSid, Promise.resolve(emptyTwiml()))
        for (const oldest of past.keys()) if (past.size > mostRemembered) past.delete(oldest)
      })
      return await call.twiml
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'a call of Twilio’s could not be taken')
      return rejectTwiml('busy')
    } finally {
      opening.delete(webhook.CallSid)
    }
  }
  const ring = (webhook: Webhook): Promise<string> => {
    const { CallSid: sid } = webhook
    const known = calls.get(sid)?.twiml ?? past.get(sid) ?? opening.get(sid)
    if (known) return known
    const opened = open(webhook)
    opening.set(sid, opened)
    return opened
  }

  const webhook = (path: string, take: (webhook: Webhook) => Promise<string>): RequestMount => ({
    ...{ method: 'POST', path, maxBodyBytes: 16_384 },
    async answer(asked) {
      const type = 'text/xml'
      const fields = signedFields(asked, options)
      const read = fields && readWebhook(fields)
      if (read) return { status: 200, type, body: await take(read) }
      offend(fields ? 'malformed' : 'unsigned')
      return { status: 403, type: 'text/plain', body: 'not signed by Twilio' }
    },
  })

  /** One stream, from its first word: which call it is of, its token proves. */
  const openStream = (socket: Socket) => {
    let call: TwilioCall | undefined
    const refuse = (offence: TwilioOffence) => {
      offend(offence)
      socket.close(1008, offence)
    }
    const stopWaiting = clock.after(startWithinMs, () => refuse('stray-stream'))
    socket.onClose(stopWaiting)
    socket.onMessage(message => {
      const read = readMessage(message)
      if (!read) return refuse('malformed')
      if (read.event === 'start') {
        const { callSid, streamSid, customParameters } = read.start
        const found = calls.get(callSid)
        if (call || found?.token !== customParameters.token || !found.attach(socket, streamSid))
          return refuse('stray-stream')
        stopWaiting()
        call = found
      } else if (call) call.take(read)
      else if (read.event !== 'connected') refuse('stray-stream')
    })
  }

  return {
    name,
    notices: createEvents<LineNotices>(error => log.error({ reason: reasonOf(error) }, 'listener failed')),
    isUp: () => !closing,
    size: () => calls.size,
    figures: () => ({ ...offences }),
    requests: [
      webhook('/twilio/voice', ring),
      webhook('/twilio/status', async ({ CallSid, CallStatus }) => {
        if (overStates.includes(CallStatus)) calls.get(CallSid)?.over()
        return emptyTwiml()
      }),
    ],
    sockets: [{ path: '/twilio/stream', maxMessageBytes: 16_384, origins: 'any', open: openStream }],
    async dial() {
      throw new Fault({
        code: 'no-trunk',
        place: `line ${name}`,
        found: 'a line that takes calls only',
        expected: 'a SIP trunk to dial through',
      })
    },
    async close() {
      closing = true
      for (const call of calls.values()) call.over()
      await Promise.all([...calls.values()].map(call => call.ended))
    },
  }
}
