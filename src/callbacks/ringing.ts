import type { Captions } from '../captions/index.ts'
import type { LedCall } from '../desk/index.ts'
import { type Log, reasonOf } from '../foundation/index.ts'
import { type Call, type Line, provedCaller } from '../telephony/index.ts'
import type { Callbacks } from './callbacks.ts'
import type { CallbackActor } from './decide.ts'
import { type CallbackFaultCode, callbackFaults } from './faults.ts'

/** Where a callback is rung from: the calls that are up, and the lines that they go by. */
export type RingDependencies = {
  /** As whom citizens are rung. */
  readonly callerId: string
  readonly callbacks: Pick<Callbacks, 'act'>
  readonly captions: Pick<Captions, 'begin' | 'meets'>
  /** By which people outside are rung. */
  readonly way: Pick<Line, 'dial'>
  /** Everybody who is on the line now. */
  readonly onTheLine: () => Iterable<Call>
  readonly log: Log
}

const ringMs = 45_000
/** No flow leads what an agent says. */
const byPerson = ''

export const agentAt = (seat: string): CallbackActor => ({ person: seat, isSupervisor: false })

/** Whoever has this number, and is on the line with us now. */
export const callerOf = (onTheLine: RingDependencies['onTheLine'], number: string) =>
  [...onTheLine()].find(call => provedCaller(call) === number)

/** What became of it, written down where it can be. */
export const sayOf =
  ({ callbacks, log }: RingDependencies, id: string, by: CallbackActor) =>
  (news: Parameters<Callbacks['act']>[1]) =>
    callbacks
      .act(id, news, by)
      .catch((error: unknown) => log.warn({ callback: id, reason: reasonOf(error) }, 'not written down'))

/** How the citizen is rung: that their telephone is about to ring is written before it does. */
export const ringFor = (
  { callerId, callbacks, captions, way }: RingDependencies,
  id: string,
  number: string,
  by: CallbackActor,
  onRing: () => void = () => undefined,
): Pick<LedCall, 'number' | 'onMeeting' | 'ring' | 'isRefusal'> => ({
  number,
  isRefusal,
  async ring(near, signal) {
    await callbacks.act(id, { do: 'ring' }, by)
    onRing()
    const options = { from: { number: callerId }, near, ringMs, flow: byPerson, signal }
    return way.dial({ kind: 'number', number }, options)
  },
  onMeeting(call, seatCall) {
    captions.begin(call)
    if (seatCall) captions.meets(call.id, seatCall)
  },
})

/** What is known by now forbids it: nobody's telephone rang, and nobody did anything. */
export const isRefusal = (reason: string): reason is CallbackFaultCode =>
  Object.hasOwn(callbackFaults, reason)

/** Why nobody's telephone rang, which is no fault of theirs. */
export const ours: ReadonlySet<string> = new Set([
  'line-down',
  'trunk-failed',
  'no-trunk',
  'media-full',
  'reach-too-often',
  'reach-refused',
])
