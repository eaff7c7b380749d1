import { isIP } from 'node:net'
import type { SessionDescription } from 'sdp-transform'

/** One stream of a session, and what is asked of any, whatever it carries. */
export type Stream = SessionDescription['media'][number]

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

// The parser makes a number of a single one, whatever its types say.
export const typesOf = (media: Stream) =>
  String(media.payloads ?? '')
    .split(' ')
    .map(Number)

export const addressOf = (media: Stream, session: SessionDescription) =>
  (media.connection ?? session.connection)?.ip ?? ''

export const directionOf = (media: Stream, session: SessionDescription): Direction =>
  (media.direction ?? session.direction ?? 'sendrecv') as Direction

/** Plain RTP to a number of an address. */
export const isReachable = (media: Stream, session: SessionDescription) =>
  media.port > 0 &&
  media.port < 65_536 &&
  /^RTP\/AVPF?$/.test(media.protocol) &&
  isIP(addressOf(media, session)) !== 0

export function isHeld(media: Stream, session: SessionDescription): boolean {
  const direction = directionOf(media, session)
  // c=0.0.0.0 is how RFC 2543 said hold; its successors still have to take it (RFC 3264, section 8.4).
  const isNowhere = /^(0\.0\.0\.0|::)$/.test(addressOf(media, session))
  return isNowhere || direction === 'sendonly' || direction === 'inactive'
}
