import type { Settings } from '../settings/index.ts'
import type { Destination, Line } from '../telephony/index.ts'

type Way = Pick<Line, 'dial'>

/** The lines by whom they ring. */
export type Lines = {
  /** SIP phones. */
  readonly sip: Way
  /** Seats whose phone is a page. */
  readonly browser: Way
  /** Numbers of the public network, citizens' and those of seats that have a telephone there. */
  readonly numbers: Way
}

/** One way to everybody whom the house may ring: which line it is follows from where they are. */
export function createSwitchboard({ sip, browser, numbers }: Lines): Way {
  const lineTo = (to: Destination): Way => {
    if (to.kind === 'number' || /^tel:/i.test(to.contact)) return numbers
    return to.contact.startsWith('browser:') ? browser : sip
  }
  return { dial: (to, options) => lineTo(to).dial(to, options) }
}

/** The trunk, where there is one; else Twilio, where it may dial; else the line that says that there is no way. */
export function numbersBy(
  { SIP_TRUNK, TWILIO_ACCOUNT_SID }: Settings,
  sip: Way,
  twilio: Way | undefined,
): Way {
  return SIP_TRUNK === undefined && TWILIO_ACCOUNT_SID !== undefined ? (twilio ?? sip) : sip
}
