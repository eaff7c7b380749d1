import type { Callers } from '../callers/index.ts'
import type { Captions } from '../captions/index.ts'
import {
  askAside,
  type Desk,
  type DeskOptions,
  handOver,
  type Outside,
  openDesk,
  openScreens,
  type Screens,
  type ScreensOptions,
  talkAt,
} from '../desk/index.ts'
import type { Clock, Log, SocketMount } from '../foundation/index.ts'
import { queueLimits, type Settings } from '../settings/index.ts'
import {
  type Aside,
  type BrowserLine,
  type Call,
  type CallRecords,
  type DialOptions,
  type HotlineNode,
  isSentFrom,
  type Line,
  type Sender,
} from '../telephony/index.ts'

type SeatParts = Pick<
  DeskOptions,
  'realm' | 'music' | 'journal' | 'database' | 'thirds' | 'onBegin' | 'clock' | 'log'
> & {
  readonly settings: Settings
  readonly way: Pick<Line, 'dial'>
  readonly captions: Pick<Captions, 'meets'>
  readonly calls: Pick<CallRecords, 'lostInQueue'>
  /** This process, and whether it has the desk with its queue. */
  readonly node: Pick<HotlineNode, 'id' | 'holdsDesk' | 'onDesk'>
  readonly units: ScreenDependencies['units']
}

/** The desk, ringing seats' phones by the lines. */
export async function openSeats({
  settings,
  way,
  captions,
  calls,
  node,
  units,
  ...parts
}: SeatParts): Promise<{ readonly desk: Desk; readonly asideOf: (sender: Sender) => Aside | undefined }> {
  const outside = { ...outsideBy(settings, way, captions), units: () => telephonesOf(units()) }
  const takesOver = async (seat: string, named: Call) => talkAt(desk, seat).leaveBy(named)
  /** Tells the seat's screen of a failed transfer before its telephone hears of it. */
  const tried = async (seat: string, transfer: Promise<void>) => {
    try {
      await transfer
    } catch (error) {
      desk.at(seat)?.notMoved()
      throw error
    }
  }
  const transferOf: TransferOf = seat =>
    isOwnPhone(seat.contact)
      ? {
          onTransfer: dialled => tried(seat.name, handOver(desk, seat.name, dialled, outside)),
          onHandOver: named => tried(seat.name, takesOver(seat.name, named)),
        }
      : {}
  const desk = await openDesk({
    ...parts,
    ...queueLimits(settings),
    showsListener: settings.SUPERVISOR_LISTENING === 'shown',
    leaseMs: settings.SEAT_RING_SECONDS * 1000,
    wrapUpMs: settings.SEAT_WRAP_UP_SECONDS === 'none' ? undefined : settings.SEAT_WRAP_UP_SECONDS * 1000,
    restMs: 10_000,
    lostPlaces: () => calls.lostInQueue(node.id, parts.clock.now() - settings.QUEUE_REDIAL_MINUTES * 60_000),
    holds: node.holdsDesk,
    onHolding: node.onDesk,
    ringSeat: ringSeatBy(settings, way, captions, transferOf),
    callSeat: callSeatBy(settings, way, transferOf),
  })
  /** The seat whose telephone dials us while it has a caller, recognized by its password or by its own address. */
  const asideOf = (sender: Sender): Aside | undefined => {
    for (const { name, contact = '' } of desk.seats()) {
      const hasPassword = desk.credentials(name) !== undefined
      if (!isOwnPhone(contact) || (hasPassword && name !== sender.user)) continue
      if (!isSentFrom(contact, sender, !hasPassword)) continue
      const talk = desk.at(name)
      if (!talk || talk.phase === 'ringing') continue
      return {
        seat: name,
        hasPassword,
        near: talk.call,
        ring: (dialled, own) => askAside(desk, name, dialled, own, outside),
        onHandOver: named => tried(name, takesOver(name, named)),
      }
    }
    return undefined
  }
  return { desk, asideOf }
}

type RungSeat = { readonly name: string; readonly contact: string }
/** What the transfer key of a seat's phone does. */
type TransferOf = (seat: RungSeat) => Pick<DialOptions, 'onTransfer' | 'onHandOver'>

/**
 * True for a seat's own SIP phone. A telephone behind the trunk does not count: the trunk could ask for anything in
 * its name.
 */
const isOwnPhone = (contact: string) => /^sips?:/i.test(contact)

const outsideBy = (
  { TRANSFER_NUMBERS, CALLER_ID }: Pick<Settings, 'CALLER_ID' | 'TRANSFER_NUMBERS'>,
  way: Pick<Line, 'dial'>,
  captions: Pick<Captions, 'meets'>,
): Outside => ({
  numbers: TRANSFER_NUMBERS,
  async ringOutside(number, near, signal) {
    const to = { kind: 'number', number } as const
    const answered = await way.dial(to, { from: { number: CALLER_ID }, near, ringMs, signal })
    captions.meets(near.id, answered)
    return answered
  },
})

type RingSettings = Pick<Settings, 'CALLER_ID' | 'SEAT_RING_SECONDS'>

/** Rings a seat for a caller: the phone shows who calls and why, and captions follow the caller to the seat. */
const ringSeatBy =
  (
    { CALLER_ID, SEAT_RING_SECONDS }: RingSettings,
    way: Pick<Line, 'dial'>,
    captions: Pick<Captions, 'meets'>,
    transferOf: TransferOf,
  ): DeskOptions['ringSeat'] =>
  async ({ seat, near, reason, signal }) => {
    const answered = await way.dial(
      { kind: 'seat', ...seat },
      {
        from: { number: near.caller || CALLER_ID, name: reason },
        ringMs: SEAT_RING_SECONDS * 1000,
        near,
        signal,
        ...transferOf(seat),
      },
    )
    captions.meets(near.id, answered)
    return answered
  }

/** Rings the seat's own phone first when the seat calls somebody; its display shows whom. */
const callSeatBy =
  (
    { SEAT_RING_SECONDS }: Pick<RingSettings, 'SEAT_RING_SECONDS'>,
    way: Pick<Line, 'dial'>,
    transferOf: TransferOf,
  ): DeskOptions['callSeat'] =>
  ({ seat, number, signal }) =>
    way.dial(
      { kind: 'seat', ...seat },
      {
        from: { number, name: 'callback' },
        ringMs: SEAT_RING_SECONDS * 1000,
        signal,
        ...transferOf(seat),
      },
    )

type ScreenDependencies = {
  readonly settings: Pick<Settings, 'CALLER_ID' | 'TRANSFER_NUMBERS'>
  readonly desk: Desk
  readonly callers: Pick<Callers, 'find'>
  /** Lets an agent ring a callback. */
  readonly callBack: ScreensOptions['callBack']
  readonly calls: Pick<CallRecords, 'past'>
  readonly captions: Pick<Captions, 'meets' | 'turnOn' | 'passes'>
  /** Units that may have a telephone, as now published. */
  readonly units: () => ReadonlyMap<
    string,
    { readonly id: string; readonly name: string; readonly telephone?: string }
  >
  /** Dials people outside. */
  readonly way: Pick<Line, 'dial'>
  readonly recording: ScreensOptions['recording']
  readonly clock: Clock
  readonly log: Log
}

const ringMs = 45_000
const pastCalls = 10

/** The seats' screens, served to whoever opens a seat's page. */
export function openSeatScreens(dependencies: ScreenDependencies): Screens {
  const { settings, desk, callers, calls, captions, callBack, units, way, recording, clock, log } =
    dependencies
  return openScreens({
    desk,
    clock,
    log,
    callerOf: number => callers.find(number),
    pastOf: (number, call) => calls.past(number, call, pastCalls),
    captionsOf: (call, seat) =>
      captions.turnOn(call, false)
        ? captions.passes.forSeat(call, seat, () => desk.at(seat)?.call.id === call)
        : undefined,
    ...outsideBy(settings, way, captions),
    units: () => telephonesOf(units()),
    callBack,
    recording,
  })
}

const telephonesOf = (units: ReturnType<ScreenDependencies['units']>) =>
  [...units.values()].flatMap(({ id, name, telephone }) =>
    telephone === undefined ? [] : [{ id, name, number: telephone }],
  )

/** The socket that makes a seat's page its phone, too. */
export const seatPhoneOf = (browser: Pick<BrowserLine, 'plugIn'>): SocketMount => ({
  path: '/seat/phone',
  maxMessageBytes: 1024,
  origins: 'same',
  roles: ['seat'],
  atWork: ['seat'],
  perMinute: 60,
  open(socket, { member }) {
    if (member) browser.plugIn(member.name, socket)
    else socket.close(1008, 'signed-out')
  },
})
