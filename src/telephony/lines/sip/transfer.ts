import { type Clock, Fault, withDeadline } from '../../../foundation/index.ts'
import type { Call, DialOptions } from '../../call.ts'
import { readAddress, readUri } from './address.ts'
import type { SipDialog, SipRequest, SipResponse } from './drachtio.ts'
import { type Replaced, readReplaces } from './replaces.ts'

/** What a phone's transfer key does. Each puts whoever it talks to through to somebody else, or throws a Fault: all are then where they were. */
export type TransferKey = Pick<DialOptions, 'onTransfer' | 'onHandOver'> & {
  /** Which call of ours a dialog is; undefined for one that is none, or none any more. */
  readonly callOf: (named: Replaced) => Call | undefined
}

/** How long a phone may be told how it went (RFC 3515, section 2.4.4); a transfer rings for less. */
const toldForS = 180

/** Transfers under way, by the dialog in which they were asked for: each settles once its phone was told. */
const underWay = new WeakMap<SipDialog, Promise<void>>()

/** A phone that is left because its transfer worked hears of that within microtasks; any other is not kept from its BYE. */
const toldWithinMs = 500

/** Does this once the phone has been told how the transfer that it asked for went: after a BYE nothing can be. */
export function onceTold(dialog: SipDialog, clock: Clock, leave: () => void): void {
  const telling = underWay.get(dialog)
  if (!telling) leave()
  else void withDeadline(clock, toldWithinMs, telling, () => new Error('late')).then(leave, leave)
}

/**
 * The transfer key of a phone: REFER (RFC 3515). Of the address that it names only the user counts, which is what was
 * dialled: whom that is, and whether they may be reached, others decide, and no host that a phone names is ever rung.
 * With a call to take over (Replaces, RFC 3891), as after asking first (RFC 5589, section 7), that call alone counts.
 */
export function createTransferKey(dialog: SipDialog, { onTransfer, onHandOver, callOf }: TransferKey) {
  let count = 0
  return (request: SipRequest, response: SipResponse): void => {
    const named = request.get('Refer-To') ?? request.get('r') ?? ''
    const to = dialledIn(named)
    if (to === undefined) return void response.send(400)
    const replaced = replacedIn(named)
    if (replaced === 'unreadable') return void response.send(400)
    const own = replaced && callOf(replaced)
    const transfer = replaced
      ? own && onHandOver && (() => onHandOver(own))
      : onTransfer && (() => onTransfer(to))
    if (!transfer) return void response.send(603)
    // From the second of a dialog on they are told apart (section 2.4.6), by what telephones that count none do without.
    const event = count++ === 0 ? 'refer' : `refer;id=${Number.parseInt(request.get('CSeq') ?? '', 10)}`
    const wantsNews = !/^\s*false\b/i.test(request.get('Refer-Sub') ?? '')
    const tell = (line: string, state: string) => {
      if (wantsNews && dialog.connected) dialog.request(newsOf(event, line, state), () => undefined)
    }
    response.send(202, wantsNews ? {} : { headers: { 'Refer-Sub': 'false' } })
    tell('100 Trying', `active;expires=${toldForS}`)
    const over = (line: string) => tell(line, 'terminated;reason=noresource')
    const going = transfer().then(
      () => over('200 OK'),
      (error: unknown) => over(lineOf(error)),
    )
    underWay.set(dialog, going)
    void going.then(() => underWay.get(dialog) === going && underWay.delete(dialog))
  }
}

/** A number, or a name; undefined where there is none. */
function dialledIn(referTo: string): string | undefined {
  const uri = readUri(readAddress(referTo)?.uri ?? '')
  return uri === undefined || uri.user === '' ? undefined : uri.user
}

/** The call that is to be taken over, as a header of the URI (RFC 3261, section 19.1.1); undefined where none is. */
function replacedIn(referTo: string): Replaced | 'unreadable' | undefined {
  const { uri = referTo } = readAddress(referTo) ?? {}
  const headers = /\?(.*)$/s.exec(uri)?.[1]?.split('&') ?? []
  const value = headers.map(header => /^replaces=(.*)$/is.exec(header)?.[1]).find(one => one !== undefined)
  if (value === undefined) return undefined
  try {
    return readReplaces(decodeURIComponent(value)) ?? 'unreadable'
  } catch {
    return 'unreadable'
  }
}

const newsOf = (event: string, line: string, state: string) => ({
  method: 'NOTIFY' as const,
  headers: { Event: event, 'Subscription-State': state, 'Content-Type': 'message/sipfrag;version=2.0' },
  body: `SIP/2.0 ${line}\r\n`,
})

const refused = new Set(['number-not-listed', 'seat-unknown', 'not-now'])

const lineOf = (error: unknown) =>
  error instanceof Fault && refused.has(error.code) ? '603 Decline' : '480 Temporarily Unavailable'
