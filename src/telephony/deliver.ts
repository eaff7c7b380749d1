import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import type { Call } from './call.ts'

/** What is done with a call that comes in. */
export type CallHandlers = {
  /** The house as it should be. */
  readonly onCall: (call: Call) => Promise<void> | void
  /** What is left when `onCall` failed, or never answered: a person, or a recorded message. */
  readonly onFailure: (call: Call, error: unknown) => Promise<void> | void
}

/** A caller hears ringing, or nothing, for so long at most; a SIP server would let them wait for more than a minute. */
const answerWithinMs = 6_000

/**
 * Hands a call over. Whatever throws or forgets it, the caller is not left in silence: at the very last we hang up.
 * @param answered resolves once the call is answered or over.
 */
export function deliver(
  call: Call,
  answered: Promise<unknown>,
  { onCall, onFailure }: CallHandlers,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): void {
  const giveUp = async (error: unknown) => {
    log.error({ call: call.id, reason: reasonOf(error) }, 'last resort failed, hanging up')
    await call.hangup()
  }
  const rescue = async (error: unknown) => {
    stopWaiting()
    log.error({ call: call.id, reason: reasonOf(error) }, 'call handler failed')
    stopWaiting = clock.after(answerWithinMs, () => void giveUp(late(call)))
    await attempt(() => onFailure(call, error), giveUp)
  }
  let stopWaiting = clock.after(answerWithinMs, () => void rescue(late(call)))
  void answered.then(() => stopWaiting())
  void attempt(() => onCall(call), rescue)
}

const late = (call: Call) =>
  new Fault({
    code: 'answer-late',
    place: call.id,
    found: 'no answer yet',
    expected: `one within ${answerWithinMs} ms`,
  })

async function attempt(work: () => Promise<void> | void, onError: (error: unknown) => Promise<void>) {
  try {
    await work()
  } catch (error) {
    await onError(error)
  }
}
