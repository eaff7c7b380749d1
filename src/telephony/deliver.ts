import { type Log, reasonOf } from '../foundation/index.ts'
import type { Call } from './call.ts'

/** What is done with a call that comes in. */
export type CallHandlers = {
  /** The house as it should be. */
  readonly onCall: (call: Call) => Promise<void> | void
  /** What is left when `onCall` failed: a person, or a recorded message. */
  readonly onFailure: (call: Call, error: unknown) => Promise<void> | void
}

/** Hands a call over. Whatever throws, the caller is not left in silence: at the very last we hang up, and say so. */
export async function deliver(call: Call, handlers: CallHandlers, log: Log): Promise<void> {
  try {
    await handlers.onCall(call)
  } catch (error) {
    log.error({ call: call.id, reason: reasonOf(error) }, 'call handler failed')
    try {
      await handlers.onFailure(call, error)
    } catch (worse) {
      log.error({ call: call.id, reason: reasonOf(worse) }, 'last resort failed, hanging up')
      await call.hangup()
    }
  }
}
