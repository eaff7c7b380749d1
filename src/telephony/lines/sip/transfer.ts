import { Fault } from '../../../foundation/index.ts'
import type { DialOptions } from '../../call.ts'
import { readAddress, readUri } from './address.ts'
import type { SipDialog, SipRequest, SipResponse } from './drachtio.ts'

/** Puts whoever the phone talks to through to somebody else. @throws Fault when it does not: all are then where they were */
type Transfer = NonNullable<DialOptions['onTransfer']>

/** How long a phone may be told how it went (RFC 3515, section 2.4.4); a transfer rings for less. */
const toldForS = 180

/**
 * The transfer key of a phone: REFER (RFC 3515). Of the address that it names only the user counts, which is what was
 * dialled: whom that is, and whether they may be reached, others decide, and no host that a phone names is ever rung.
 * A REFER to take over a call of its own (Replaces, RFC 3891) is refused: there is none that is not ours.
 */
export function createTransferKey(dialog: SipDialog, transfer: Transfer | undefined) {
  let count = 0
  return (request: SipRequest, response: SipResponse): void => {
    if (!transfer) return void response.send(603)
    const named = request.get('Refer-To') ?? request.get('r') ?? ''
    const to = dialledIn(named)
    if (to === undefined) return void response.send(400)
    if (/[?&]replaces=/i.test(named)) return void response.send(603)
    // From the second of a dialog on they are told apart (section 2.4.6), by what telephones that count none do without.
    const event = count++ === 0 ? 'refer' : `refer;id=${Number.parseInt(request.get('CSeq') ?? '', 10)}`
    const wantsNews = !/^\s*false\b/i.test(request.get('Refer-Sub') ?? '')
    const tell = (line: string, state: string) => {
      if (wantsNews && dialog.connected) dialog.request(newsOf(event, line, state), () => undefined)
    }
    response.send(202, wantsNews ? {} : { headers: { 'Refer-Sub': 'false' } })
    tell('100 Trying', `active;expires=${toldForS}`)
    const over = (line: string) => tell(line, 'terminated;reason=noresource')
    transfer(to).then(
      () => over('200 OK'),
      (error: unknown) => over(lineOf(error)),
    )
  }
}

/** A number, or a name; undefined where there is none. */
function dialledIn(referTo: string): string | undefined {
  const uri = readUri(readAddress(referTo)?.uri ?? '')
  return uri === undefined || uri.user === '' ? undefined : uri.user
}

const newsOf = (event: string, line: string, state: string) => ({
  method: 'NOTIFY' as const,
  headers: { Event: event, 'Subscription-State': state, 'Content-Type': 'message/sipfrag;version=2.0' },
  body: `SIP/2.0 ${line}\r\n`,
})

const refused = new Set(['number-not-listed', 'seat-unknown', 'not-now'])

const lineOf = (error: unknown) =>
  error instanceof Fault && refused.has(error.code) ? '603 Decline' : '480 Temporarily Unavailable'
