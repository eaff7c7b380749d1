import type { Desk } from '../desk/index.ts'
import { Fault } from '../foundation/index.ts'
import { type Call, isCallFault } from '../telephony/index.ts'
import { unringableFault } from './decide.ts'
import { fault } from './faults.ts'
import { agentAt, callerOf, isRefusal, ours, type RingDependencies, ringFor, sayOf } from './ringing.ts'

type KeepDependencies = RingDependencies & { readonly desk: Pick<Desk, 'keepFor' | 'callOut'> }

/**
 * Lets an agent take a callback: it is theirs, and the citizen is rung once the agent's own phone has answered. A
 * failure on our side frees it for everybody; after that, the outcome is the agent's to enter.
 */
export function keepCallbacks(dependencies: KeepDependencies): (seat: string, id: string) => Promise<void> {
  const { desk, callbacks, onTheLine } = dependencies
  /** Seats that are taking a callback right now, against double clicks. */
  const keeping = new Map<string, string>()
  return async (seat, id) => {
    if (keeping.get(seat) === id) return
    keeping.set(seat, id)
    await keep(seat, id).finally(() => keeping.get(seat) === id && keeping.delete(seat))
  }

  async function keep(seat: string, id: string): Promise<void> {
    const by = agentAt(seat)
    const { number, ringing } = await callbacks.act(id, { do: 'take' }, by)
    const say = sayOf(dependencies, id, by)
    const giveBack = () => say({ do: 'give-back' })
    /** Brings a citizen who is already on the line to the seat, instead of ringing them. */
    const fetch = async (call: Call): Promise<void> => {
      const found = await desk.keepFor(seat, id, call)
      if (found.kind !== 'kept') throw onTheLineNow(found.kind)
      if ((await found.end) !== 'served') await giveBack()
    }
    const ring = () => desk.callOut(seat, { callback: id, ...ringFor(dependencies, id, number, by) })
    const back = async (error: unknown) => {
      await giveBack()
      throw error
    }
    if (ringing.by === 'nobody') return back(unringableFault(ringing.because))
    const there = callerOf(onTheLine, number)
    if (there) return fetch(there).catch(back)
    const end = await ring().catch(back)
    // Our own failure: it does not count as an attempt, least of all as the last one.
    if (end.kind === 'failed') await say({ do: 'let-go', why: end.reason })
    if (end.kind === 'nobody' && isRefusal(end.reason))
      return back(
        fault(
          end.reason,
          'number',
          'a number',
          'a number that may be rung: hear the message, or end it otherwise',
        ),
      )
    if (end.kind === 'nobody')
      await say(ours.has(end.reason) ? { do: 'not-rung', why: end.reason } : { do: 'unanswered' })
    // The agent wants to know which side failed.
    if (end.kind === 'failed') throw phoneFailed()
    if (end.kind === 'nobody') throw notReached(end.reason)
  }
}

const onTheLineNow = (where: 'with-another' | 'elsewhere') =>
  new Fault({
    code: where === 'elsewhere' ? 'caller-on-the-line' : 'caller-with-another',
    place: 'number',
    found: 'a caller who is with us',
    expected: 'somebody who does not ring us now',
  })

const phoneFailed = () => fault('seat-phone-failed', 'seat', 'nobody', 'an answer')

/** Any reason that is not a known call fault means that the person was not reached. */
const notReached = (reason: string) =>
  new Fault({
    code: isCallFault(reason) ? reason : 'unreachable',
    place: 'number',
    found: 'nobody',
    expected: 'an answer',
  })
