import { Fault, newSecret, reasonOf } from '../../../foundation/index.ts'
import type { AnsweredBy } from '../../amd/amd.ts'
import type { Call, Destination, DialOptions } from '../../call.ts'
import { type Home, normaliseNumber } from '../../numbers.ts'
import { awaitAnswer, type RingFailure, type Ringing, ringFault } from '../../ringing.ts'
import { openStreamCall, type StreamCall } from '../../stream-call.ts'
import type { DialBook } from './dial-book.ts'
import { alreadyDialled, lookUpEarlier } from './earlier.ts'
import type { TwilioCall, TwilioContext } from './inbound.ts'
import { createMediaStream } from './media-stream.ts'
import { overStates } from './messages.ts'
import type { DialPace } from './pace.ts'
import { type Placing, placeCall } from './place.ts'
import type { CallOrder, TwilioRest } from './rest.ts'
import { connectTwiml } from './twilio.ts'

/** What it takes to dial through Twilio. */
export type TwilioDialContext = TwilioContext & {
  readonly rest: TwilioRest
  readonly pace: DialPace
  /** Where jobs are written down; without it a job is as good as none. */
  readonly book: DialBook | undefined
  /** Our number at Twilio, which phones show. */
  readonly callerId: string
  /** Where Twilio tells of a call that we dialled: its states, and who answered. */
  readonly tellUrl: (what: 'status' | 'machine', call: Call['id']) => string
  readonly isAnother: Placing['isAnother']
  /** Jobs that are being dialled now. */
  readonly jobs: Set<string>
  readonly admit: (call: DialledCall) => void
  /** What Twilio is still to be told, also of calls that are over here. */
  readonly owes: (told: Promise<unknown>) => void
}

export type DialledCall = TwilioCall & {
  /** As Twilio knows it, once we know that. */
  sid(): string | undefined
  /** Twilio has said who answered, in its own word. */
  hearsWho(answeredBy: string): void
}

/** How an unanswered call is said to have ended, in its ringing. */
const failures: Readonly<Record<string, RingFailure>> = { busy: 'busy', 'no-answer': 'no-answer' }

/**
 * Rings a number, and a job's never twice: the job is written down before Twilio is asked, and one that was written
 * before is looked up there. `ringMs` counts from the first order on, since somebody may be waiting.
 */
export async function dialTwilio(
  to: Destination,
  options: DialOptions,
  context: TwilioDialContext,
): Promise<Call> {
  const { job } = options
  const { jobs } = context
  if (job === undefined) return ring(to, options, context)
  if (jobs.has(job)) throw alreadyDialled(job, 'one that is being dialled')
  jobs.add(job)
  try {
    return await ring(to, options, context)
  } finally {
    jobs.delete(job)
  }
}

async function ring(to: Destination, options: DialOptions, context: TwilioDialContext): Promise<Call> {
  const { media, clock, journal, line, book, rest, pace, callerId, home, log } = context
  const { job, near } = options
  const number = numberOf(to, home)
  const numbers = { to: number, from: callerId }
  const isUrgent = job === undefined
  await pace.turn(isUrgent, options.signal)
  if (job !== undefined && book) {
    const earlier = await book.begin(job, clock.now())
    if (earlier) {
      await lookUpEarlier(earlier, { job, to, numbers, rest, book, isAnother: context.isAnother })
      await book.again(job, clock.now())
    }
  }

  const stream = createMediaStream()
  const token = newSecret()
  /** Nobody waits for an answer any more: given up, failed, or over. */
  const left = new AbortController()
  let sid: string | undefined
  let tellWho!: (who: AnsweredBy) => void
  const answeredBy = new Promise<AnsweredBy>(resolve => {
    tellWho = resolve
  })
  /** A call that is not wanted any more, or one too many. */
  const end = (unwanted: string) =>
    context.owes(
      rest
        .end(unwanted)
        .catch(error => log.warn({ reason: reasonOf(error) }, 'a call at Twilio was not ended')),
    )
  const leave = () => {
    if (stream.isOpen()) return stream.close()
    left.abort()
    if (sid !== undefined) end(sid)
  }
  /** Which call it is, as the reply, a webhook or the stream says it; whichever is first. */
  const tellSid = (said: string) => {
    if (sid === said) return
    if (sid !== undefined) {
      log.warn({ call: made.call.id }, 'Twilio made a second call of one order; it is ended')
      return end(said)
    }
    sid = said
    if (left.signal.aborted) end(sid)
    if (job !== undefined)
      book
        ?.placed(job, sid)
        .catch(error => log.warn({ reason: reasonOf(error) }, 'a job’s call was not written down'))
  }

  const made: StreamCall = await openStreamCall({
    line,
    media,
    clock,
    journal,
    near,
    far: stream.far,
    answeredBy,
    direction: 'out',
    caller: callerId,
    called: to.kind === 'seat' ? to.name : to.number,
    flow: options.flow,
    signalling: { answer: async () => undefined, leave },
  }).catch(cause => {
    throw ringFault('unreachable', to, 'no free media port', cause)
  })
  const { call } = made
  const ringing: Ringing = awaitAnswer(made, to, options, { clock, leave })
  void call.ended.then(() => {
    left.abort()
    tellWho('unsure')
    stream.close()
  })
  const over = () => void made.end('them', 'hung-up')

  context.admit({
    call,
    token,
    sid: () => sid,
    attach(socket, streamSid, callSid) {
      tellSid(callSid)
      if (callSid !== sid || stream.isOpen() || left.signal.aborted) return false
      stream.open(socket, streamSid, made)
      socket.onClose(over)
      ringing.answered()
      return true
    },
    take: message => (message.event === 'stop' ? over() : stream.take(message, made)),
    hears({ CallSid, CallStatus }) {
      const isFinal = overStates.has(CallStatus)
      if (!isFinal) return tellSid(CallSid)
      if (sid !== undefined && CallSid !== sid) return
      if (made.isUp()) over()
      else ringing.failed(failures[CallStatus] ?? 'unreachable', 'them', `a call that ${CallStatus}`)
    },
    hearsWho(said) {
      const who = whoIs(said)
      if (!left.signal.aborted)
        journal.write(call.id, {
          kind: 'answered-by',
          who,
          why: who === 'machine' ? (said === 'fax' ? 'fax' : 'network') : undefined,
        })
      tellWho(who)
    },
  })

  const order: CallOrder = {
    ...numbers,
    twiml: connectTwiml(context.streamUrl, token),
    statusUrl: context.tellUrl('status', call.id),
    // A seat is a person, and so is whom a caller is put through to.
    machineUrl: to.kind === 'number' && !near ? context.tellUrl('machine', call.id) : undefined,
    ringMs: options.ringMs,
  }
  const placed = placeCall(order, {
    rest,
    clock,
    pace,
    isUrgent,
    told: () => sid,
    isAnother: context.isAnother,
    signal: left.signal,
  }).then(tellSid, error => {
    const isRefused = error instanceof Fault && error.code === 'rest-refused'
    if (!left.signal.aborted)
      ringing.failed(
        isRefused ? 'unreachable' : 'line-down',
        'failure',
        error instanceof Fault ? error.found : reasonOf(error),
      )
  })
  context.owes(placed)
  return ringing.answer
}

/** @throws Fault `unreachable` */
function numberOf(to: Destination, home: Home): string {
  const number = normaliseNumber(to.kind === 'seat' ? to.contact.replace(/^tel:/i, '') : to.number, home)
  if (/^\+[1-9]\d{6,14}$/.test(number)) return number
  throw ringFault('unreachable', to, 'no number in E.164, which Twilio wants')
}

/** https://www.twilio.com/docs/voice/answering-machine-detection: human, fax, unknown, and machine_… in several forms. */
function whoIs(said: string): AnsweredBy {
  if (said === 'human') return 'person'
  return said === 'fax' || said.startsWith('machine') ? 'machine' : 'unsure'
}
