import type { Callers } from '../callers/index.ts'
import type { Captions } from '../captions/index.ts'
import { type Desk, openScreens, type Screens } from '../desk/index.ts'
import type { Clock, Log, SocketMount } from '../foundation/index.ts'
import type { Settings } from '../settings/index.ts'
import type { Database } from '../storage/index.ts'
import { type BrowserLine, type Line, listPastCalls } from '../telephony/index.ts'

type House = {
  readonly settings: Settings
  readonly desk: Desk
  readonly callers: Callers
  readonly captions: Pick<Captions, 'turnOn' | 'passes'>
  readonly database: Database
  readonly browser: Pick<BrowserLine, 'plugIn'>
  /** By which people outside are rung. */
  readonly way: Pick<Line, 'dial'>
  readonly clock: Clock
  readonly log: Log
}

export type SeatOffice = { readonly mounts: readonly SocketMount[]; readonly screens: Screens }

const ringMs = 45_000
const pastCalls = 10

/** When somebody opens a seat's page, it is the seat's screen, and its phone. */
export function openSeatOffice({
  settings,
  desk,
  callers,
  captions,
  database,
  browser,
  way,
  ...house
}: House): SeatOffice {
  const screens = openScreens({
    desk,
    ...house,
    callerOf: number => callers.find(number),
    pastOf: (number, call) => listPastCalls(database, number, call, pastCalls),
    captionsOf: call => (captions.turnOn(call) ? captions.passes.forSeat(call) : undefined),
    numbers: settings.TRANSFER_NUMBERS,
    ringOutside: (number, near, signal) =>
      way.dial({ kind: 'number', number }, { from: { number: settings.CALLER_ID }, near, ringMs, signal }),
  })
  return { screens, mounts: [screens.mount, phoneOf(browser)] }
}

const phoneOf = (browser: House['browser']): SocketMount => ({
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
