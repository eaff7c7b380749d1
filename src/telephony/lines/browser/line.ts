import {
  type Clock,
  createEvents,
  Fault,
  type Log,
  neighbourhoodOf,
  reasonOf,
  type Socket,
  type SocketMount,
  sourceOf,
} from '../../../foundation/index.ts'
import type { MediaPool } from '../../../media/index.ts'
import type { Line, LineNotices } from '../../call.ts'
import type { CallHandlers } from '../../deliver.ts'
import type { Journal } from '../../journal.ts'
import { ringFault } from '../../ringing.ts'
import type { Shares } from '../../shares.ts'
import { createCalls } from '../../stream-call.ts'
import { type CallerPhones, takeCaller } from './caller.ts'
import type { Offence } from './page.ts'
import type { PageCall, PageContext } from './page-call.ts'
import { maxMessageBytes } from './protocol.ts'
import { openSeatPhone, type SeatPhone } from './seat-phone.ts'

export type BrowserLineOptions = CallHandlers & {
  readonly media: MediaPool
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly silence?: PageContext['silence']
  /** Who may have a line. */
  readonly shares: Shares
  /** Once aborted, calls that are up go on and no new ones are taken. */
  readonly draining?: AbortSignal
  /** Calls at one time from one address; people share addresses, a page that rings on and on has one. */
  readonly maxCallsAnAddress?: number
  /** What opens the captions of a caller's call, for their page to show. */
  readonly captionsOf?: PageContext['captionsOf']
  /** Told where a seat's page is, once it is there to ring; without a contact once it has gone. */
  readonly onSeat?: (name: string, contact: string | undefined) => void
}

export type BrowserLine = Line & {
  /** Where a page rings the house, without signing in. */
  readonly mount: SocketMount
  /** The page of a seat that has signed in: it is rung there from now on, in place of an older page of that seat. */
  plugIn(seat: string, socket: Socket): void
  /** What pages that broke the rules did, since the start. */
  figures(): Readonly<Record<Offence, number>>
}

/** How a seat whose phone is a page is known to the desk. */
export const pageContact = (seat: string) => `browser:${seat}`

/** Web pages as phones: anybody's rings the house, a seat's is rung. */
export function openBrowserLine(options: BrowserLineOptions): BrowserLine {
  const { clock, log, journal, media, shares, maxCallsAnAddress = 8, onSeat } = options
  const name = 'browser'
  const calls = createCalls<PageCall>()
  const seats = new Map<string, SeatPhone>()
  const callers: CallerPhones = new Map()
  const offences: Record<Offence, number> = { malformed: 0, flood: 0 }
  let closing = false

  const context: PageContext = {
    line: name,
    media,
    clock,
    log,
    journal,
    silence: options.silence,
    admit: calls.admit,
    captionsOf: options.captionsOf ?? (() => undefined),
    onOffence(offence) {
      offences[offence]++
      log.warn({ offence }, 'a page broke the rules and was closed')
    },
  }
  const dialFault = (found: string) =>
    new Fault({ code: 'line-down', place: `line ${name}`, found, expected: 'a line that is open' })

  return {
    name,
    notices: createEvents<LineNotices>(error => log.error({ reason: reasonOf(error) }, 'listener failed')),
    isUp: () => !closing,
    size: () => calls.all.size,
    figures: () => ({ ...offences }),

    mount: {
      path: '/phone/line',
      maxMessageBytes,
      origins: 'same',
      perMinute: 30,
      open(socket, { address: peer }) {
        if (closing || options.draining?.aborted) return socket.close(1013, 'shutting-down')
        const asker = { source: sourceOf(peer), network: neighbourhoodOf(peer), most: maxCallsAnAddress }
        const share = shares.take(asker)
        if ('refusal' in share) return socket.close(1013, 'full')
        takeCaller(socket, callers, options, context, share.give)
      },
    },

    plugIn(seat, socket) {
      const phone: SeatPhone =
        seats.get(seat) ??
        openSeatPhone(context, () => {
          if (seats.get(seat) !== phone) return
          seats.delete(seat)
          onSeat?.(seat, undefined)
        })
      seats.set(seat, phone)
      phone.plug(socket)
      onSeat?.(seat, pageContact(seat))
    },

    async dial(to, dialOptions) {
      dialOptions.signal?.throwIfAborted()
      if (closing) throw dialFault('one that closes')
      const phone = to.kind === 'seat' ? seats.get(to.contact.replace(/^browser:/, '')) : undefined
      if (!phone) throw ringFault('unreachable', to, 'no page there')
      return phone.ring(to, dialOptions)
    },

    async close() {
      closing = true
      await calls.hangUpAll()
      for (const phone of seats.values()) phone.close()
    },
  }
}
