import { LRUCache } from 'lru-cache'
import {
  createEvents,
  Fault,
  type RequestMount,
  reasonOf,
  type Socket,
  type SocketMount,
  withDeadline,
} from '../../../foundation/index.ts'
import type { Queries } from '../../../storage/index.ts'
import type { Line, LineNotices } from '../../call.ts'
import type { CallHandlers } from '../../deliver.ts'
import type { Shares } from '../../shares.ts'
import { createDialBook } from './dial-book.ts'
import { askerOf, type IncomingCall, openTwilioCall, type TwilioCall, type TwilioContext } from './inbound.ts'
import { readMessage, readWebhook, type Webhook } from './messages.ts'
import { type DialledCall, dialTwilio, type TwilioDialContext } from './outbound.ts'
import { createPace } from './pace.ts'
import {
  addressOf,
  emptyTwiml,
  openTwilioRest,
  rejectTwiml,
  signedFields,
  type TwilioAccount,
} from './twilio.ts'

export type TwilioLineOptions = CallHandlers &
  Omit<TwilioContext, 'line' | 'streamUrl'> & {
    /** Signs every webhook; from Twilio's console. */
    readonly authToken: string
    /** Where Twilio reaches the front desk, as https://hotline.example or https://city.example/hotline. */
    readonly publicUrl: string
    /** Who may have a line. */
    readonly shares: Shares
    /** Once aborted, calls that are up go on and no new ones are taken. */
    readonly draining?: AbortSignal
    /** What dialling takes; without it calls only come in. */
    readonly out?: Omit<TwilioAccount, 'authToken'> & {
      /** A number of ours at Twilio, in E.164, which phones show. */
      readonly callerId: string
      /** Calls begun in a second, as many as the account may. */
      readonly callsPerSecond: number
      /** Keeps which jobs were dialled; without it their ids say nothing. */
      readonly database?: Queries
    }
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
/** For so long Twilio may still make a call of an order whose reply was lost; it is known as unwanted then. */
const lateWithinMs = 600_000
/** For so long a stop waits until Twilio has heard which calls are not wanted any more. */
const tellsWithinMs = 2_000
/** A stream says at once of which call it is. */
const startWithinMs = 10_000

/** Numbers at Twilio: webhooks and REST for the calls, and the sound of each over a stream of its own. */
export function createTwilioLine(options: TwilioLineOptions): TwilioLine {
  const { clock, log, publicUrl, authToken, shares, out } = options
  const name = 'twilio'
  const calls = new Set<TwilioCall>()
  /** By the CallSid of their webhook. */
  const incoming = new Map<string, IncomingCall>()
  const past = new LRUCache<string, Promise<string>>({ max: mostRemembered })
  const opening = new Map<string, Promise<string>>()
  /** By our own id, and for a while after their end. */
  const dialled = new Map<string, DialledCall>()
  const overAtMs = new Map<string, number>()
  const offences: Record<TwilioOffence, number> = { unsigned: 0, malformed: 0, 'stray-stream': 0 }
  const context: TwilioContext = {
    ...options,
    line: name,
    streamUrl: addressOf(publicUrl.replace(/^http/i, 'ws'), '/twilio/stream'),
  }
  const owed = new Set<Promise<unknown>>()
  let closing = false

  const offend = (offence: TwilioOffence) => {
    offences[offence]++
    log.warn({ offence }, 'refused what is not of Twilio')
  }
  const admit = (call: TwilioCall, forget: () => void) => {
    calls.add(call)
    void call.call.ended.then(() => {
      calls.delete(call)
      forget()
    })
  }

  const open = async (webhook: Webhook): Promise<string> => {
    const { CallSid: sid } = webhook
    if (closing || options.draining?.aborted) return rejectTwiml('busy')
    const share = shares.take(askerOf(webhook, options.home))
    if ('refusal' in share) return rejectTwiml('busy')
    try {
      const call = await openTwilioCall(webhook, { ...options, ...context })
      incoming.set(sid, call)
      admit(call, () => {
        incoming.delete(sid)
        share.give()
        past.set(sid, Promise.resolve(emptyTwiml()))
      })
      return await call.twiml
    } catch (error) {
      share.give()
      log.warn({ reason: reasonOf(error) }, 'a call of Twilio’s could not be taken')
      return rejectTwiml('busy')
    } finally {
      opening.delete(sid)
    }
  }
  const ring = (webhook: Webhook): Promise<string> => {
    const { CallSid: sid } = webhook
    const known = incoming.get(sid)?.twiml ?? past.get(sid) ?? opening.get(sid)
    if (known) return known
    const opened = open(webhook)
    opening.set(sid, opened)
    return opened
  }

  /** @param take is given what the webhook says, and of which call, where we said so in its URL. */
  const webhook = (
    path: string,
    take: (webhook: Webhook, id: string | undefined) => string | Promise<string>,
  ): RequestMount => ({
    method: 'POST',
    path,
    maxBodyBytes: 16_384,
    async answer(asked) {
      const type = 'text/xml'
      const fields = signedFields(asked, options)
      const read = fields && readWebhook(fields)
      if (read) return { status: 200, type, body: await take(read, asked.query.call) }
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
      if (read === 'unknown') return
      // One message that cannot be read is no reason to end a call.
      if (read === 'broken') return call ? offend('malformed') : refuse('malformed')
      if (read.event === 'start') {
        const { callSid, streamSid, customParameters } = read.start
        const found = [...calls].find(({ token }) => token === customParameters.token)
        if (call || !found?.attach(socket, streamSid, callSid)) return refuse('stray-stream')
        stopWaiting()
        call = found
      } else if (call) call.take(read)
      else if (read.event !== 'connected') refuse('stray-stream')
    })
  }

  const dialContext: TwilioDialContext | undefined = out && {
    ...context,
    rest: openTwilioRest({ ...out, authToken }),
    pace: createPace(clock, out.callsPerSecond),
    book: out.database && createDialBook(out.database),
    callerId: out.callerId,
    tellUrl: (what, id) => addressOf(publicUrl, `/twilio/${what}?call=${id}`),
    isAnother: sid => [...dialled.values()].some(call => call.sid() === sid),
    jobs: new Set(),
    owes(told) {
      owed.add(told)
      void told.finally(() => owed.delete(told))
    },
    admit(call) {
      const { id } = call.call
      for (const [old, atMs] of overAtMs) {
        if (clock.monotonicMs() - atMs < lateWithinMs) break
        overAtMs.delete(old)
        dialled.delete(old)
      }
      dialled.set(id, call)
      admit(call, () => overAtMs.set(id, clock.monotonicMs()))
    },
  }
  const dialFault = (code: 'no-trunk' | 'line-down', found: string) =>
    new Fault({
      code,
      place: `line ${name}`,
      found,
      expected: 'a line that is open, and an account to dial by',
    })

  return {
    name,
    notices: createEvents<LineNotices>(error => log.error({ reason: reasonOf(error) }, 'listener failed')),
    isUp: () => !closing,
    size: () => calls.size,
    figures: () => ({ ...offences }),
    requests: [
      webhook('/twilio/voice', ring),
      webhook('/twilio/status', (said, id) => {
        const call = id === undefined ? incoming.get(said.CallSid) : dialled.get(id)
        call?.hears(said)
        return emptyTwiml()
      }),
      webhook('/twilio/machine', ({ AnsweredBy }, id) => {
        dialled.get(id ?? '')?.hearsWho(AnsweredBy ?? 'unknown')
        return emptyTwiml()
      }),
    ],
    sockets: [{ path: '/twilio/stream', maxMessageBytes: 16_384, origins: 'any', open: openStream }],
    async dial(to, dialOptions) {
      if (!dialContext) throw dialFault('no-trunk', 'one that takes calls only')
      if (closing) throw dialFault('line-down', 'one that closes')
      return dialTwilio(to, dialOptions, dialContext)
    },
    async close() {
      closing = true
      await Promise.all([...calls].map(({ call }) => call.hangup('shutting-down')))
      // An order whose reply comes now is a call that is to be ended.
      const all = async () => {
        while (owed.size > 0) await Promise.allSettled(owed)
      }
      const late = () => new Error('no reply')
      await withDeadline(clock, tellsWithinMs, all(), late).catch(() =>
        log.warn({ owed: owed.size }, 'Twilio did not hear of all calls that were ended'),
      )
    },
  }
}
