import type { Captions } from '../captions/index.ts'
import type { LedCall } from '../desk/index.ts'
import { type Log, reasonOf } from '../foundation/index.ts'
import { type Call, type Line, provedCaller } from '../telephony/index.ts'
import type { Callbacks } from './callbacks.ts'
import type { CallbackActor } from './decide.ts'
import { type CallbackFaultCode, callbackFaults } from './faults.ts'

/** What ringing a callback needs: the running calls, and the lines. */
export type RingDependencies = {
  /** The number shown to citizens. */
  readonly callerId: string
  readonly callbacks: Pick<Callbacks, 'act'>
  readonly captions: Pick<Captions, 'begin' | 'meets'>
  /** Dials people outside. */
  readonly way: Pick<Line, 'dial'>
  /** Everybody who is on the line now. */
  readonly onTheLine: () => Iterable<Call>
  readonly log: Log
}

const ringMs = 45_000
/** No flow leads the call; an agent speaks. */
const byPerson = ''

export const agentAt = (seat: string): CallbackActor => ({ person: seat, isSupervisor: false })

/** The call of a citizen with this number who is on the line now. */
export const callerOf = (onTheLine: RingDependencies['onTheLine'], number: string) =>
  [...onTheLine()].find(call => provedCaller(call) === number)

/** Records the outcome; a failure is only logged. */
export const sayOf =
  ({ callbacks, log }: RingDependencies, id: string, by: CallbackActor) =>
  (news: Parameters<Callbacks['act']>[1]) =>
    callbacks
      .act(id, news, by)
      .catch((error: unknown) => log.warn({ callback: id, reason: reasonOf(error) }, 'not written down'))

/** Rings the citizen; that their telephone is about to ring is written first. */
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

/** A refusal by the callback's present state: no telephone rang, and nothing was done. */
export const isRefusal = (reason: string): reason is CallbackFaultCode =>
  Object.hasOwn(callbackFaults, reason)

/** Why a telephone did not ring by our own fault. */
export const ours: ReadonlySet<string> = new Set([
  'line-down',
  'trunk-failed',
  'no-trunk',
  'media-full',
  'reach-too-often',
  'reach-refused',
])
