import { Fault } from '../../../foundation/index.ts'
import type { Destination } from '../../call.ts'
import { ringFault } from '../../ringing.ts'
import type { DialBook, Dialled } from './dial-book.ts'
import { overStates } from './messages.ts'
import { madeSince, type Placing } from './place.ts'
import type { CallOrder, PlacedCall, TwilioRest } from './rest.ts'

export type EarlierContext = {
  readonly job: string
  readonly to: Destination
  readonly numbers: Pick<CallOrder, 'to' | 'from'>
  readonly rest: TwilioRest
  readonly book: DialBook
  readonly isAnother: Placing['isAnother']
}

/**
 * Looks up what came of a job that was dialled before. Returns when no call did, and it may be dialled.
 * @throws Fault `busy`, `no-answer` or `unreachable` as its call ended; `already-dialled` when somebody was reached, or
 * may be as we speak: that call is ended, since nobody here leads it any more.
 */
export async function lookUpEarlier({ sid, askedAtMs }: Dialled, context: EarlierContext): Promise<void> {
  const { job, to, rest } = context
  const found = sid === undefined ? await callSince(askedAtMs, context) : await rest.fetch(sid)
  if (!found) return
  const { status } = found
  if (!overStates.has(status)) await rest.end(found.sid)
  if (status === 'busy' || status === 'no-answer')
    throw ringFault(status, to, `an earlier call of this job, ${status}`)
  if (status === 'failed' || status === 'canceled')
    throw ringFault('unreachable', to, `an earlier call of this job, ${status}`)
  throw alreadyDialled(job, `an earlier call, ${status}`)
}

/** One that no other dial knows as its own. */
async function callSince(
  askedAtMs: number,
  { numbers, rest, book, isAnother }: EarlierContext,
): Promise<PlacedCall | undefined> {
  for (const call of await madeSince(askedAtMs, numbers, rest))
    if (!isAnother(call.sid) && !(await book.isTaken(call.sid))) return call
  return undefined
}

export const alreadyDialled = (job: string, found: string) =>
  new Fault({
    code: 'already-dialled',
    place: `job ${job}`,
    found,
    expected: 'a job that was not dialled yet',
  })
