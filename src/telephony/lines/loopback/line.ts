import { type Clock, createEvents, Fault, type Log, reasonOf } from '../../../foundation/index.ts'
import type { Call, CallEnd, Destination, DialOptions, Line, LineNotices } from '../../call.ts'
import { type CallHandlers, deliver } from '../../deliver.ts'
import type { CallFaultCode } from '../../faults.ts'
import type { Journal } from '../../journal.ts'
import { createPair, type Pair } from './pair.ts'
import type { LoopbackPhone } from './phone.ts'

/** A telephone network within this process, without a socket or a sound: for scenarios, trials and demos. */
export type LoopbackLine = Line & {
  /** Someone rings the house. */
  ring(who: {
    readonly from: string
    readonly to: string
    readonly language?: string
    /** false: nobody vouches that the number is theirs. */
    readonly isProved?: false
  }): LoopbackPhone
  /** Puts a phone where it can be dialled: a seat's contact, or a number. It rings until it accepts or rejects. */
  plugIn(contact: string, onRing: (phone: LoopbackPhone) => void): () => void
}

export type LoopbackOptions = CallHandlers & {
  readonly clock: Clock
  readonly log: Log
  /** Nothing is kept when absent. */
  readonly journal?: Journal
  /** How many media workers to pretend: calls take turns, and only `near` calls share one. */
  readonly workers?: number
}

/** How a dialled phone that never answered is told of; anything else it can say is a refusal. */
const faultCodes: Partial<Record<CallEnd['reason'], CallFaultCode>> = {
  busy: 'busy',
  refused: 'rejected',
  'no-answer': 'no-answer',
}

const noJournal: Journal = { write: () => undefined }

export function openLoopbackLine(options: LoopbackOptions): LoopbackLine {
  const { clock, log, journal = noJournal, workers = 2, ...handlers } = options
  const name = 'loopback'
  const pairs = new Map<Call, Pair>()
  const phones = new Map<string, (phone: LoopbackPhone) => void>()
  let opened = 0

  const open = (
    direction: Call['direction'],
    caller: string,
    called: string,
    options: DialOptions | null,
    more: Pick<Call, 'language' | 'isProved'> = {},
  ) => {
    const near = options?.near && pairs.get(options.near)
    const pair = createPair({
      line: name,
      direction,
      caller,
      ...more,
      called,
      clock,
      journal,
      worker: near?.worker ?? opened++ % workers,
      flow: options?.flow,
      shows: options?.from ?? { number: caller },
      pairOf: call => pairs.get(call),
    })
    pairs.set(pair.call, pair)
    void pair.call.ended.then(() => pairs.delete(pair.call))
    return pair
  }

  return {
    name,
    notices: createEvents<LineNotices>(error => log.error({ reason: reasonOf(error) }, 'listener failed')),
    isUp: () => true,
    size: () => pairs.size,

    ring({ from, to, ...more }) {
      const { call, phone, answered } = open('in', from, to, null, more)
      deliver(call, answered, handlers, { clock, log })
      return phone
    },

    plugIn(contact, onRing) {
      phones.set(contact, onRing)
      return () => phones.delete(contact)
    },

    async dial(to, options) {
      const contact = contactOf(to)
      options.signal?.throwIfAborted()
      const onRing = phones.get(contact)
      if (!onRing) throw dialFault('unreachable', to, 'no phone there')
      const pair = open('out', options.from?.number ?? '', contact, options)
      const giveUp = () => pair.end({ by: 'us', reason: 'cancelled' })
      options.signal?.addEventListener('abort', giveUp, { once: true })
      const stopRinging = clock.after(options.ringMs, () => pair.end({ by: 'us', reason: 'no-answer' }))
      onRing(pair.phone)
      const answered = await pair.answered
      stopRinging()
      options.signal?.removeEventListener('abort', giveUp)
      if (answered) return pair.call
      options.signal?.throwIfAborted()
      const { reason } = await pair.call.ended
      throw dialFault(faultCodes[reason] ?? 'unreachable', to, reason)
    },

    async close() {
      await Promise.all([...pairs.keys()].map(call => call.hangup('shutting-down')))
    },
  }
}

const contactOf = (to: Destination) => (to.kind === 'seat' ? to.contact : to.number)

const dialFault = (code: CallFaultCode, to: Destination, found: string) =>
  new Fault({
    code,
    place: to.kind === 'seat' ? `seat ${to.name}` : 'the number',
    found,
    expected: 'an answer',
  })
