import { type Clock, Fault, sleep } from '../../../foundation/index.ts'
import type { DialPace } from './pace.ts'
import { type CallOrder, mayAskAgain, type PlacedCall, type TwilioRest } from './rest.ts'

export type Placing = {
  readonly rest: TwilioRest
  readonly clock: Clock
  readonly pace: DialPace
  readonly isUrgent: boolean
  /** The sid of the call, where Twilio has said a word of it elsewhere than in the reply. */
  readonly told: () => string | undefined
  /** Whether a call is known to be another one. */
  readonly isAnother: (sid: string) => boolean
  readonly signal: AbortSignal
}

/** Seven seconds in all: somebody may be waiting for this. */
const delaysMs = [500, 1_000, 2_000, 3_500]
/** How far Twilio's clock and ours may be apart. */
const clockSkewMs = 5_000

/**
 * Has a call made, once. Twilio's API knows no idempotency key: an order whose reply is lost may have become a call, so
 * before it is given again Twilio is asked for calls between the two numbers that are as young, and one is taken as ours.
 * The turn for the first order has been waited for already.
 * @returns its sid
 * @throws Fault with a `RestFailure` as its code, or the reason of the signal
 */
export async function placeCall(order: CallOrder, placing: Placing): Promise<string> {
  const { rest, clock, pace, isUrgent, told, isAnother, signal } = placing
  let unsureSinceMs: number | undefined

  const attempt = async (isFirst: boolean): Promise<string> => {
    const found = told() ?? (unsureSinceMs === undefined ? undefined : await sidSince(unsureSinceMs))
    if (found !== undefined) return found
    if (!isFirst) await pace.turn(isUrgent, signal)
    const askedAtMs = clock.now()
    try {
      return await rest.create(order)
    } catch (error) {
      if (error instanceof Fault && error.code === 'rest-unknown') unsureSinceMs ??= askedAtMs
      throw error
    }
  }
  const sidSince = async (sinceMs: number) =>
    (await madeSince(sinceMs, order, rest)).find(({ sid }) => !isAnother(sid))?.sid

  for (const [index, delayMs] of [...delaysMs, undefined].entries()) {
    signal.throwIfAborted()
    try {
      return await attempt(index === 0)
    } catch (error) {
      if (delayMs === undefined || !mayAskAgain(error)) throw error
      await sleep(clock, delayMs, signal)
    }
  }
  throw new Error('unreachable: the last attempt returns or throws')
}

/** Calls between these numbers since an order was given; Twilio tells their time in whole seconds. */
export async function madeSince(
  sinceMs: number,
  numbers: Pick<CallOrder, 'to' | 'from'>,
  rest: TwilioRest,
): Promise<readonly PlacedCall[]> {
  const calls = await rest.find(numbers)
  return calls.filter(({ madeAtMs }) => madeAtMs >= sinceMs - clockSkewMs)
}
