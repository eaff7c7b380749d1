import type { Caller } from '../callers/index.ts'
import {
  type Asked,
  type Cancel,
  type Clock,
  Fault,
  type Log,
  openLivePages,
  reasonOf,
  type Socket,
  type SocketMount,
} from '../foundation/index.ts'
import { type Call, type PastCall, provedCaller } from '../telephony/index.ts'
import type { SeatCommand, TalkRecording, TalkView, ToSeatPage } from './api.ts'
import type { Desk } from './desk.ts'
import { askIn, handOutside, type Outside, talkAt } from './hand-over.ts'
import { readCommand } from './screen-messages.ts'
import type { SeatTalk } from './talk.ts'

export type ScreensOptions = Outside & {
  readonly desk: Desk
  readonly callerOf: (number: string) => Promise<Caller>
  /** Newest first, without the call itself. */
  readonly pastOf: (number: string, call: Call['id']) => Promise<readonly PastCall[]>
  /** Switches captions on, and gives the pass for one screen. */
  readonly captionsOf: (call: Call['id'], seat: string) => string | undefined
  /** Rings a citizen who is owed a callback, for a seat; settles once that is over. */
  readonly callBack: (seat: string, callback: string) => Promise<void>
  /** Recordings of calls; calls are not recorded when absent. */
  readonly recording?: {
    of(call: Call['id']): TalkRecording | undefined
    /** @throws Fault when the call is not recorded */
    pause(call: Call['id'], isPaused: boolean): void
    on(name: 'changed', listen: (change: { readonly call: Call['id'] }) => void): () => void
  }
  readonly clock: Clock
  readonly log: Log
}

export type Screens = { readonly mount: SocketMount; open(): number; close(): void }

type TalkCommand = Exclude<
  SeatCommand,
  { kind: 'ready' | 'away' | 'done' | 'sign-in' | 'sign-out' | 'unplugged' | 'call-back' }
>

type Screen = {
  readonly seat: string
  readonly socket: Socket
  /** What was found of the caller whom the seat has now. */
  shown: { readonly call: Call['id']; caller?: TalkView['caller']; captions?: string } | undefined
}

const beatMs = 5_000
/** Changes at other seats may come a little later, and many at once. */
const othersMs = 300

/** A seat's screen: who rings and why, what can be done with them, and who else is there. */
export function openScreens(options: ScreensOptions): Screens {
  const { desk, callerOf, pastOf, captionsOf, numbers, callBack, recording, clock, log } = options
  // Pages do not learn the telephone numbers of units.
  const units = () => (options.units?.() ?? []).map(({ id, name }) => ({ id, name }))
  let stopOthers: Cancel | undefined

  const send = ({ socket }: Screen, message: ToSeatPage) => socket.send(JSON.stringify(message))
  const screens = openLivePages<Screen>(clock, beatMs, open => {
    for (const screen of open) send(screen, { kind: 'beat' })
  })
  const tellDesk = (screen: Screen) => {
    const seats = desk.seats()
    const seat = seats.find(({ name }) => name === screen.seat)
    if (!seat) return screen.socket.close(1008, 'seat-removed')
    const others = seats.flatMap(({ name, display, state }) =>
      name === seat.name ? [] : [{ name, display, state }],
    )
    const { waiting } = desk.figures()
    send(screen, { kind: 'desk', seat, waiting, others, numbers, units: units(), nowMs: clock.now() })
  }
  const tellTalk = (screen: Screen) => {
    const talk = desk.at(screen.seat)
    if (screen.shown?.call !== talk?.call.id) {
      screen.shown = talk && { call: talk.call.id }
      if (talk) void lookUp(screen, talk)
    }
    if (talk && talk.phase !== 'ringing' && screen.shown && screen.shown.captions === undefined) {
      const captions = captionsOf(talk.call.id, screen.seat)
      if (captions !== undefined) screen.shown.captions = captions
    }
    send(screen, {
      kind: 'talk',
      talk: talk ? shownOf(talk, screen.shown, recording?.of(talk.call.id)) : undefined,
    })
  }
  const tellOutgoing = (screen: Screen) =>
    send(screen, { kind: 'outgoing', outgoing: desk.outgoing(screen.seat) })
  /** Nobody waits for this: the phone rings, and what is known of the caller is sent when it is found. */
  const lookUp = async (screen: Screen, { call }: SeatTalk) => {
    const [caller, past] = await Promise.all([
      callerOf(provedCaller(call)),
      pastOf(provedCaller(call), call.id).catch((error: unknown) => {
        log.warn({ reason: reasonOf(error) }, 'earlier calls not found')
        return []
      }),
    ])
    if (screen.shown?.call !== call.id || !screens.open.has(screen)) return
    screen.shown.caller = { ...caller, past }
    tellTalk(screen)
  }

  const of = (seat: string) => [...screens.open].filter(screen => screen.seat === seat)
  const offs = [
    desk.notices.on('talk', ({ seat }) => of(seat).forEach(tellTalk)),
    desk.notices.on('outgoing', ({ seat }) => of(seat).forEach(tellOutgoing)),
    desk.notices.on('seat', ({ name }) => {
      of(name).forEach(tellDesk)
      tellOthers()
    }),
    desk.notices.on('queue', () => tellOthers()),
    recording?.on('changed', ({ call }) =>
      [...screens.open].filter(({ shown }) => shown?.call === call).forEach(tellTalk),
    ),
  ]
  const tellOthers = () => {
    stopOthers ??= clock.after(othersMs, () => {
      stopOthers = undefined
      screens.open.forEach(tellDesk)
    })
  }
  const obey = async (seat: string, order: SeatCommand): Promise<void> => {
    switch (order.kind) {
      case 'ready':
        return void desk.setReady(seat)
      case 'away':
        return void desk.setAway(seat, order.reason)
      case 'done':
        return void desk.finishWrapUp(seat)
      case 'sign-in':
        return void desk.signIn(seat)
      case 'sign-out':
        return void desk.signOut(seat)
      case 'unplugged':
        return void desk.setAside(seat, 'unplugged')
      case 'call-back':
        return callBack(seat, order.callback)
      default:
        return handle(seat, order)
    }
  }
  /** Carries out a command for the caller whom the seat has. */
  const handle = async (seat: string, order: TalkCommand): Promise<void> => {
    const talk = talkAt(desk, seat)
    switch (order.kind) {
      case 'to-seat':
        return talk.toSeat(order.seat)
      case 'outside':
        return handOutside(talk, order.number, options)
      case 'ask-in':
        return askIn(talk, order, options)
      case 'mute':
        return talk.mute(order.party, order.isMuted)
      case 'help':
        return talk.help(order.isWanted)
      case 'hold-third':
        return talk.holdThird()
      case 'pause-recording':
        return recording?.pause(talk.call.id, order.isPaused)
      default:
        return talk[order.kind]()
    }
  }

  return {
    open: () => screens.open.size,
    mount: {
      path: '/seat/desk',
      maxMessageBytes: 2048,
      origins: 'same',
      roles: ['seat'],
      atWork: ['seat'],
      perMinute: 60,
      open(socket: Socket, { member }: Asked) {
        if (!member) return socket.close(1008, 'signed-out')
        const { name, display } = member
        if (!desk.seats().some(seat => seat.name === name)) desk.addSeat({ name, display, page: true })
        desk.attend(name, name)
        const screen: Screen = { seat: name, socket, shown: undefined }
        screens.add(screen)
        socket.onMessage(message => {
          const order = readCommand(message)
          if (!order) return socket.close(1008, 'malformed')
          obey(name, order).catch((error: unknown) => {
            if (!(error instanceof Fault)) log.error({ reason: reasonOf(error) }, 'an order of a seat failed')
            send(screen, { kind: 'refused', order: order.kind, code: reasonOf(error) })
          })
        })
        tellDesk(screen)
        tellTalk(screen)
        tellOutgoing(screen)
      },
    },
    close() {
      stopOthers?.()
      for (const off of offs) off?.()
      screens.close()
    },
  }
}

const shownOf = (
  { call, reason, about, phase, parties }: SeatTalk,
  found: Screen['shown'],
  recording: TalkRecording | undefined,
): TalkView => ({
  id: call.id,
  number: numberOf(call),
  isUnproved: call.isProved === false && call.caller !== '' ? true : undefined,
  reason,
  about,
  phase,
  parties,
  invitedAtMs: call.invitedAtMs,
  caller: found?.caller ? found.caller : undefined,
  captions: found?.captions === undefined ? undefined : found.captions,
  recording,
})

/** The number of the citizen's side of a call. */
const numberOf = ({ direction, caller, called }: Call) => (direction === 'in' ? caller : called)
