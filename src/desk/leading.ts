import { type Id, type Log, reasonOf } from '../foundation/index.ts'
import type { OutgoingCall, OutgoingCalls, OutgoingEnd } from './outgoing.ts'
import { rankOf } from './queue.ts'
import type { QueueRules } from './queue-rules.ts'
import type { QueueStore } from './queue-store.ts'
import type { Seats } from './seats.ts'

/** Somebody who is owed a callback, as the queue needs to know them. */
export type OwedCall = {
  readonly id: Id<'back'>
  /** Wall time of their INVITE, ms since 1970. */
  readonly sinceMs: number
  readonly priority: number
  readonly skills: readonly string[]
}

/** Whom to ring, and who is told how it ended. */
export type LedCall = Pick<OutgoingCall, 'number' | 'ring' | 'isRefusal' | 'onMeeting'> & {
  readonly over: (end: OutgoingEnd) => Promise<void>
}

/** Takes a callback for a seat; undefined when it is not to be led any more. */
export type TakeCallback = (callback: OwedCall['id'], seat: string) => Promise<LedCall | undefined>

/** The queue, as the code that leads callbacks sees it. */
export type LedQueue = {
  /** Sets who is owed a callback now: the whole list. */
  owe(owed: readonly OwedCall[]): Promise<void>
  /** Callbacks per ms that the seats left to them by callers on the line can serve; 0 while too little is known. */
  perMs(): number
}

/** DESIGN: until a person who is rung has answered. */
const ringMs = 15_000

export type LeadingOptions = {
  readonly seats: Pick<Seats, 'release' | 'all'>
  readonly store: Pick<QueueStore, 'owe'>
  readonly rules: QueueRules
  readonly callOut: OutgoingCalls['start']
  readonly log: Log
}

/**
 * Callbacks that the hotline leads. Somebody who is owed one waits in the queue without a line, from their INVITE
 * on; at their turn a seat is held for them, is asked as for a caller, and rings them.
 */
export function createLeading({ seats, store, rules, callOut, log }: LeadingOptions) {
  let take: TakeCallback = async () => undefined

  const taken = (id: OwedCall['id'], seat: string) =>
    take(id, seat).catch((error: unknown) => {
      log.warn({ callback: id, reason: reasonOf(error) }, 'a callback is not led')
      return undefined
    })

  return {
    by(given: TakeCallback) {
      take = given
    },
    owe: (owed: readonly OwedCall[]): Promise<void> =>
      store.owe(
        owed.map(({ id, sinceMs, priority, skills }) => ({
          id,
          isOwed: true,
          sinceMs,
          rankMs: rankOf(sinceMs, priority, rules),
          skills,
        })),
      ),
    perMs(handlingMs: number | undefined): number {
      const signedIn = seats.all().filter(({ standing }) => standing.kind === 'calls').length
      return handlingMs === undefined ? 0 : Math.ceil(rules.ledShare * signedIn) / (handlingMs + ringMs)
    },
    /** It is their turn, and this seat is held for them. Resolves once the seat has nothing more to do with it. */
    async turn(id: OwedCall['id'], seat: string): Promise<void> {
      const led = await taken(id, seat)
      if (!led) return seats.release(seat)
      const { number, ring, isRefusal, onMeeting, over } = led
      const end = await callOut(seat, {
        callback: id,
        number,
        ring,
        isRefusal,
        onMeeting,
        isLed: true,
      }).catch((error: unknown): OutgoingEnd => {
        seats.release(seat)
        return { kind: 'failed', reason: reasonOf(error) }
      })
      await over(end)
    },
  }
}
