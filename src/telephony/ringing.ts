import { type Clock, Fault } from '../foundation/index.ts'
import type { Call, CallEnd, Destination, DialOptions } from './call.ts'
import type { MediaCall } from './media-call.ts'

/** Why nobody came to the phone that was rung. */
export type RingFailure = 'busy' | 'no-answer' | 'rejected' | 'unreachable' | 'line-down' | 'trunk-failed'

const ends: Readonly<Record<RingFailure, CallEnd['reason']>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  rejected: 'refused',
  unreachable: 'unreachable',
  'line-down': 'signalling-lost',
  'trunk-failed': 'unreachable',
}

export type Ringing = {
  /** The call once it is answered. @throws Fault with a `RingFailure` as its code, or the reason of the signal */
  readonly answer: Promise<Call>
  answered(): void
  failed(why: RingFailure, by: CallEnd['by'], found: string): void
}

/**
 * A call that rings out there: over with the answer, a failure, the end of its time, or the one who dialled giving up.
 * The far end is then left, and only after that does anybody hear of it.
 */
export function awaitAnswer(
  dialled: MediaCall,
  to: Destination,
  { ringMs, signal }: Pick<DialOptions, 'ringMs' | 'signal'>,
  {
    clock,
    leave,
    late = () => 'no-answer',
  }: {
    readonly clock: Clock
    readonly leave: () => void
    /** What it means that its time is over. */
    readonly late?: () => RingFailure
  },
): Ringing {
  let settle: () => void = () => undefined
  let resolve: (call: Call) => void
  let reject: (error: unknown) => void
  const answer = new Promise<Call>((yes, no) => {
    resolve = yes
    reject = no
  })
  const over = (by: CallEnd['by'], reason: CallEnd['reason'], error: unknown) => {
    settle()
    void dialled.end(by, reason).then(() => reject(error))
  }
  const failed: Ringing['failed'] = (why, by, found) => over(by, ends[why], ringFault(why, to, found))
  const onAbort = () => {
    leave()
    over('us', 'cancelled', signal?.reason)
  }
  const onEnded = () => {
    settle()
    reject(ringFault('line-down', to, 'a call that ended while it rang'))
  }
  const stopRinging = clock.after(ringMs, () => {
    leave()
    failed(late(), 'us', 'no answer in time')
  })
  settle = () => {
    stopRinging()
    signal?.removeEventListener('abort', onAbort)
    dialled.call.signal.removeEventListener('abort', onEnded)
  }
  signal?.addEventListener('abort', onAbort, { once: true })
  dialled.call.signal.addEventListener('abort', onEnded, { once: true })
  // Who gave up while the media was being opened is heard, too.
  if (signal?.aborted) onAbort()
  return {
    answer,
    failed,
    answered() {
      settle()
      resolve(dialled.call)
    },
  }
}

export const ringFault = (code: RingFailure, to: Destination, found: string, cause?: unknown) =>
  new Fault({
    code,
    place: to.kind === 'seat' ? `seat ${to.name}` : 'the number dialled',
    found,
    expected: 'an answer',
    cause,
  })
