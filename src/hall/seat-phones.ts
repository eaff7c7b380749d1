import type { CallbackActor, Callbacks, Leading } from '../callbacks/index.ts'
import type { Callers } from '../callers/index.ts'
import type { Captions } from '../captions/index.ts'
import {
  type Desk,
  type DeskOptions,
  type LedCall,
  type OwedCall,
  openDesk,
  openScreens,
  type Screens,
} from '../desk/index.ts'
import { type Clock, Fault, type Log, reasonOf, type SocketMount } from '../foundation/index.ts'
import { languageSkills } from '../ivr/index.ts'
import { queueLimits, type Settings } from '../settings/index.ts'
import {
  type AmdEar,
  type BrowserLine,
  type Call,
  type CallRecords,
  type HotlineNode,
  type Journal,
  type Line,
  listenForAnswer,
  provedCaller,
} from '../telephony/index.ts'
import type { Room } from './rooms.ts'

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
    captionsOf: (call, seat) =>
      captions.turnOn(call, false) ? captions.passes.forSeat(call, seat) : undefined,
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
  const { desk, callbacks, onTheLine } = dependencies
  return async (seat, id) => {
    const by: CallbackActor = { person: seat, isSupervisor: false }
    const { number } = await callbacks.act(id, { do: 'take' }, by)
    const say = sayOf(dependencies, id, by)
    const giveBack = () => say({ do: 'give-back' })
    /** Whoever is with us is not rung. */
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
    const there = callerOf(onTheLine, number)
    if (there) return fetch(there).catch(back)
    const end = await ring().catch(back)
    if (end.kind === 'failed') await giveBack()
    if (end.kind === 'nobody')
      await say(ours.has(end.reason) ? { do: 'not-rung', why: end.reason } : { do: 'unanswered' })
    if (end.kind === 'failed' || end.kind === 'nobody') throw notReached(end.reason)
  }
}

type RingDependencies = Pick<ScreenDependencies, 'settings' | 'callbacks' | 'captions' | 'way' | 'log'>
type CallbackNews = Parameters<Callbacks['act']>[1]

/** Whoever has this number, and is on the line with us now. */
const callerOf = (onTheLine: ScreenDependencies['onTheLine'], number: string) =>
  [...onTheLine()].find(call => provedCaller(call) === number)

/** What became of it, written down where it can be. */
const sayOf =
  ({ callbacks, log }: RingDependencies, id: string, by: CallbackActor) =>
  (news: CallbackNews) =>
    callbacks
      .act(id, news, by)
      .catch((error: unknown) => log.warn({ callback: id, reason: reasonOf(error) }, 'not written down'))

/** How the citizen is rung: that their telephone is about to ring is written before it does. */
const ringFor = (
  { settings, callbacks, captions, way }: RingDependencies,
  id: string,
  number: string,
  by: CallbackActor,
  onRing: () => void = () => undefined,
): Pick<LedCall, 'number' | 'onMeeting' | 'ring'> => ({
  number,
  async ring(near, signal) {
    await callbacks.act(id, { do: 'ring' }, by)
    onRing()
    return way.dial(
      { kind: 'number', number },
      { from: { number: settings.CALLER_ID }, near, ringMs, signal },
    )
  },
  onMeeting(call, seatCall) {
    captions.begin(call)
    if (seatCall) captions.meets(call.id, seatCall)
  },
})

type LeadDependencies = RingDependencies & {
  readonly desk: Desk
  readonly callbacks: Pick<Callbacks, 'act' | 'lead' | 'leadAt'>
  readonly onTheLine: ScreenDependencies['onTheLine']
  readonly node: Pick<HotlineNode, 'holdsDesk' | 'onDesk'>
  readonly journal: Journal
  readonly ear?: AmdEar
  readonly clock: Clock
}

/** As the flow for elder callers has it. */
const elderPriority = 10

/**
 * When the hotline leads, whoever is owed a callback waits at the desk from their INVITE on, and the seat whose turn it is
 * rings them. A machine that answers is nobody, and so is whoever is not reached: they are rung again by the rules.
 */
export function leadCallbacks(dependencies: LeadDependencies): Room {
  const { desk, callbacks, node, onTheLine } = dependencies
  const stand = desk.leadCallbacks(async (id, seat) => {
    const taken = await callbacks.lead(id, seat)
    if (taken && !callerOf(onTheLine, taken.number))
      return ledBy(dependencies, leading, id, taken.number, seat)
    leading.rest(id)
    if (taken) await sayOf(dependencies, id, agentAt(seat))({ do: 'let-go', why: 'caller-on-the-line' })
    return undefined
  })
  const leading: Leading = callbacks.leadAt({
    isHere: node.holdsDesk,
    put: async owed => {
      const here = new Set([...onTheLine()].map(provedCaller))
      await stand(
        owed
          .filter(({ number }) => !here.has(number))
          .map(({ id, invitedAtMs, elder, language }) => ({
            id,
            sinceMs: invitedAtMs,
            priority: elder ? elderPriority : 0,
            skills: languageSkills(language),
          })),
      )
    },
  })
  const off = node.onDesk(leading.changed)
  const close = async () => {
    off()
    await leading.close()
  }
  return { drain: close, close }
}

const agentAt = (seat: string): CallbackActor => ({ person: seat, isSupervisor: false })

function ledBy(
  dependencies: LeadDependencies,
  leading: Leading,
  id: OwedCall['id'],
  number: string,
  seat: string,
): LedCall {
  const by = agentAt(seat)
  const say = sayOf(dependencies, id, by)
  let hasRung = false
  let isMachine = false
  const { ring, onMeeting } = ringFor(dependencies, id, number, by, () => {
    hasRung = true
  })
  return {
    number,
    onMeeting,
    async ring(near, signal) {
      const call = await ring(near, signal)
      hearMachine(dependencies, call, () => {
        isMachine = true
      })
      return call
    },
    async over(end) {
      if (hasRung) leading.rest(id)
      if (end.kind === 'talked' && !isMachine) return
      if (end.kind === 'talked' || (end.kind === 'nobody' && hasRung && !ours.has(end.reason)))
        await say({ do: 'end', result: 'nobody' })
      else await say({ do: 'let-go', why: 'reason' in end ? end.reason : end.kind })
    },
  }
}

/**
 * Whoever answers is with the agent at once, and is heard by a machine's ear beside: a beep, or a network's own tones, is
 * hung up on. What only sounds like a greeting is the agent's to judge.
 */
function hearMachine({ clock, ear, journal }: LeadDependencies, call: Call, found: () => void): void {
  const listening = listenForAnswer(call, { clock, ear, journal })
  listening.machine.addEventListener(
    'abort',
    () => {
      if (listening.sign() === 'greeting') return
      found()
      void call.hangup('done')
    },
    { once: true },
  )
}

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
