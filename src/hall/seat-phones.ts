import type { CallbackActor, Callbacks } from '../callbacks/index.ts'
import type { Callers } from '../callers/index.ts'
import type { Captions } from '../captions/index.ts'
import { type Desk, type DeskOptions, openDesk, openScreens, type Screens } from '../desk/index.ts'
import { type Clock, Fault, type Log, reasonOf, type SocketMount } from '../foundation/index.ts'
import { queueLimits, type Settings } from '../settings/index.ts'
import {
  type BrowserLine,
  type Call,
  type CallRecords,
  type HotlineNode,
  type Line,
  provedCaller,
} from '../telephony/index.ts'

type SeatParts = Pick<DeskOptions, 'realm' | 'music' | 'journal' | 'database' | 'clock' | 'log'> & {
  readonly settings: Settings
  readonly way: Pick<Line, 'dial'>
  readonly captions: Pick<Captions, 'meets'>
  readonly calls: Pick<CallRecords, 'lostInQueue'>
  /** The process whose queue it is, where it has the desk. */
  readonly node: Pick<HotlineNode, 'id' | 'holdsDesk' | 'onDesk'>
}

/** When somebody is wanted at the desk, their phone is rung. */
export const openSeats = ({ settings, way, captions, calls, node, ...parts }: SeatParts): Promise<Desk> =>
  openDesk({
    ...parts,
    ...queueLimits(settings),
    leaseMs: settings.SEAT_RING_SECONDS * 1000,
    wrapUpMs: settings.SEAT_WRAP_UP_SECONDS === 'none' ? undefined : settings.SEAT_WRAP_UP_SECONDS * 1000,
    restMs: 10_000,
    lostPlaces: () => calls.lostInQueue(node.id, parts.clock.now() - settings.QUEUE_REDIAL_MINUTES * 60_000),
    holds: node.holdsDesk,
    onHolding: node.onDesk,
    ringSeat: ringSeatBy(settings, way, captions),
    callSeat: callSeatBy(settings, way),
  })

type RingSettings = Pick<Settings, 'CALLER_ID' | 'SEAT_RING_SECONDS'>

/** When the desk rings a seat, its line does; the phone shows who calls and why, and captions follow them there. */
const ringSeatBy =
  (
    { CALLER_ID, SEAT_RING_SECONDS }: RingSettings,
    way: Pick<Line, 'dial'>,
    captions: Pick<Captions, 'meets'>,
  ): DeskOptions['ringSeat'] =>
  async ({ seat, near, reason, signal }) => {
    const answered = await way.dial(
      { kind: 'seat', ...seat },
      {
        from: { number: near.caller || CALLER_ID, name: reason },
        ringMs: SEAT_RING_SECONDS * 1000,
        near,
        signal,
      },
    )
    captions.meets(near.id, answered)
    return answered
  }

/** When a seat rings somebody, its own phone is rung first, and shows whom. */
const callSeatBy =
  (
    { SEAT_RING_SECONDS }: Pick<RingSettings, 'SEAT_RING_SECONDS'>,
    way: Pick<Line, 'dial'>,
  ): DeskOptions['callSeat'] =>
  ({ seat, number, signal }) =>
    way.dial(
      { kind: 'seat', ...seat },
      { from: { number, name: 'callback' }, ringMs: SEAT_RING_SECONDS * 1000, signal },
    )

type ScreenDependencies = {
  readonly settings: Pick<Settings, 'CALLER_ID' | 'TRANSFER_NUMBERS'>
  readonly desk: Desk
  readonly callers: Pick<Callers, 'find'>
  readonly callbacks: Pick<Callbacks, 'act'>
  /** Everybody who is on the line now. */
  readonly onTheLine: () => Iterable<Call>
  readonly calls: Pick<CallRecords, 'past'>
  readonly captions: Pick<Captions, 'begin' | 'meets' | 'turnOn' | 'passes'>
  /** By which people outside are rung. */
  readonly way: Pick<Line, 'dial'>
  readonly clock: Clock
  readonly log: Log
}

const ringMs = 45_000
const pastCalls = 10

/** When somebody opens a seat's page, it is the seat's screen. */
export function openSeatScreens(dependencies: ScreenDependencies): Screens {
  const { settings, desk, callers, calls, captions, way, clock, log } = dependencies
  return openScreens({
    desk,
    clock,
    log,
    callerOf: number => callers.find(number),
    pastOf: (number, call) => calls.past(number, call, pastCalls),
    captionsOf: (call, seat) => (captions.turnOn(call) ? captions.passes.forSeat(call, seat) : undefined),
    numbers: settings.TRANSFER_NUMBERS,
    callBack: callBackBy(dependencies),
    ringOutside: (number, near, signal) =>
      way.dial({ kind: 'number', number }, { from: { number: settings.CALLER_ID }, near, ringMs, signal }),
  })
}

/**
 * When an agent keeps a callback, it is theirs, and the citizen is rung once their own phone has answered. Whatever
 * failed on our side leaves it to everybody; what came of ringing is the agent's to say.
 */
function callBackBy(dependencies: ScreenDependencies): (seat: string, id: string) => Promise<void> {
  const { settings, desk, callbacks, captions, onTheLine, way, log } = dependencies
  const from = { number: settings.CALLER_ID }
  return async (seat, id) => {
    const by: CallbackActor = { person: seat, isSupervisor: false }
    const { number } = await callbacks.act(id, { do: 'take' }, by)
    const say = (news: CallbackNews) =>
      callbacks
        .act(id, news, by)
        .catch((error: unknown) => log.warn({ callback: id, reason: reasonOf(error) }, 'not written down'))
    const giveBack = () => say({ do: 'give-back' })
    /** Whoever is with us is not rung. */
    const fetch = async (call: Call): Promise<void> => {
      const found = await desk.keepFor(seat, id, call)
      if (found.kind !== 'kept') throw onTheLineNow(found.kind)
      if ((await found.end) !== 'served') await giveBack()
    }
    const ring = () =>
      desk.callOut(seat, {
        callback: id,
        number,
        async ring(near, signal) {
          await callbacks.act(id, { do: 'ring' }, by)
          return way.dial({ kind: 'number', number }, { from, near, ringMs, signal })
        },
        onMeeting(call, seatCall) {
          captions.begin(call)
          captions.meets(call.id, seatCall)
        },
      })
    const back = async (error: unknown) => {
      await giveBack()
      throw error
    }
    const there = [...onTheLine()].find(call => provedCaller(call) === number)
    if (there) return fetch(there).catch(back)
    const end = await ring().catch(back)
    if (end.kind === 'failed') await giveBack()
    if (end.kind === 'nobody')
      await say(ours.has(end.reason) ? { do: 'not-rung', why: end.reason } : { do: 'unanswered' })
    if (end.kind === 'failed' || end.kind === 'nobody') throw notReached(end.reason)
  }
}

type CallbackNews = Parameters<Callbacks['act']>[1]

/** Why nobody's telephone rang, which is no fault of theirs. */
const ours: ReadonlySet<string> = new Set([
  'line-down',
  'trunk-failed',
  'no-trunk',
  'media-full',
  'reach-too-often',
])

const onTheLineNow = (where: 'with-another' | 'elsewhere') =>
  new Fault({
    code: where === 'elsewhere' ? 'caller-on-the-line' : 'caller-with-another',
    place: 'number',
    found: 'a caller who is with us',
    expected: 'somebody who does not ring us now',
  })

const notReached = (code: string) =>
  new Fault({ code, place: 'number', found: 'nobody', expected: 'an answer' })

/** When the page of a seat is open, it is the seat's phone, too. */
export const seatPhoneOf = (browser: Pick<BrowserLine, 'plugIn'>): SocketMount => ({
  path: '/seat/phone',
  maxMessageBytes: 1024,
  origins: 'same',
  roles: ['seat'],
  perMinute: 60,
  open(socket, { member }) {
    if (member) browser.plugIn(member.name, socket)
    else socket.close(1008, 'signed-out')
  },
})
