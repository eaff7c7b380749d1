import type { Destination, Line } from './telephony/index.ts'

type Way = Pick<Line, 'dial'>

/** The lines by whom they ring. */
export type Lines = {
  /** SIP phones, and numbers through a trunk. */
  readonly sip: Way
  /** Seats whose phone is a page. */
  readonly browser: Way
}

/** One way to everybody whom the house may ring: which line it is follows from where they are. */
export function createSwitchboard(lines: Lines): Way {
  const lineTo = (to: Destination): Way =>
    to.kind === 'seat' && to.contact.startsWith('browser:') ? lines.browser : lines.sip
  return { dial: (to, options) => lineTo(to).dial(to, options) }
}
