import { isIP } from 'node:net'
import { parse, type SessionDescription } from 'sdp-transform'

/** One stream of a session, and what is asked of any, whatever it carries. */
export type Stream = SessionDescription['media'][number]

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** Version of IP: an end of one does not hear the other's. */
export type Family = 4 | 6

/** What cannot be read at all describes no stream. */
export function readSession(sdp: string): SessionDescription {
  if (isTidy.test(sdp)) return parse(sdp)
  const lines = sdp.split(/\r\n|\r|\n/).map(tidy)
  try {
    const session = parse(lines.join('\r\n'))
    const streams = lines.filter(line => line.startsWith('m='))
    return { ...session, media: session.media.map((media, at) => named(media, streams[at] ?? '')) }
  } catch {
    return parse('')
  }
}

/** As nearly all are, by lines that leave nothing to be put right: looking is a tenth of the work of going over each. */
const isTidy =
  /^(?:(?:v=0|o=\S+ \d+ \d+ IN IP[46] \S+|s=\S+|c=IN IP[46] \S+|t=\d+ \d+|m=(?:audio|text|video) \d+ [A-Z/]+(?: \d+)+|a=(?:rtpmap:\d+ [^\s/]+(?:\/\d+)+|fmtp:\d+ \S+|ptime:\d+|maxptime:\d+|rtcp:\d+|sendrecv))\r?\n)+$/

/** Blanks and tabs as RFC 8866, section 9, has them, and what is said of each kind of line. */
const tidy = (line: string) => {
  const plain = line.trim().replace(/[ \t]{2,}|\t/g, ' ')
  return tidied[plain.slice(0, 2)]?.(plain.replace(/^(..) /, '$1')) ?? plain
}

const tidied: Readonly<Record<string, (line: string) => string>> = {
  // A number of ports (section 5.14) is left out: we take the first.
  'm=': line => line.replace(/^(m=\S+ \d+)\/\d+ /, '$1 '),
  'c=': line => line.replace(/^c=(in ip[46])\b/i, start => `c=${start.slice(2).toUpperCase()}`),
  'a=': line =>
    line
      .replace(/^a=(rtpmap|fmtp): /, 'a=$1:')
      .replace(/^a=rtpmap:\d+ .*(?: \/|\/ ).*$/, name => name.replace(/ ?\/ ?/g, '/'))
      .replace(/^a=(sendrecv|sendonly|recvonly|inactive)$/i, direction => direction.toLowerCase()),
}

/** A stream that the parser does not know by name is refused by that name all the same (RFC 3264, section 6). */
function named(media: Stream, line: string): Stream {
  if (media.type !== undefined) return media
  const [type = 'x', , protocol = 'x', ...payloads] = line.slice(2).split(' ')
  return { ...media, type, port: unreadable, protocol, payloads: payloads.join(' ') }
}

/** No port, and not the one that stops a stream. */
const unreadable = -1

// The parser makes a number of a single one, whatever its types say.
export const typesOf = (media: Stream) =>
  String(media.payloads ?? '')
    .split(' ')
    .filter(type => /^\d{1,3}$/.test(type))
    .map(Number)

/** RFC 6761, section 6.3, and what systems call themselves; any other name says nothing to us: we ask no resolver. */
const loopback = /^((.+\.)?localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)\.?$/i

export function addressOf(media: Stream, session: SessionDescription): string {
  const { ip = '', version = 4 } = media.connection ?? session.connection ?? {}
  // What follows a slash is of multicast (RFC 8866, section 5.7).
  const address = String(ip).split('/')[0] ?? ''
  if (!loopback.test(address)) return address
  return version === 6 || address.startsWith('ip6') ? '::1' : '127.0.0.1'
}

export const directionOf = (media: Stream, session: SessionDescription): Direction =>
  (media.direction ?? session.direction ?? 'sendrecv') as Direction

/** Groups and everybody on a network: we send to one telephone (RFC 5771, RFC 4291 section 2.7, RFC 919). */
const ofMany = /^(22[4-9]|23\d)\.|^255\.255\.255\.255$|^ff/i

const nowhere = /^(0\.0\.0\.0|::)$/

/** Plain RTP to a number of an address that can be reached from ours. @param family ours; any when absent. */
export function isReachable(media: Stream, session: SessionDescription, family: Family | undefined): boolean {
  const address = addressOf(media, session)
  const version = isIP(address)
  return (
    media.port > 0 &&
    media.port < 65_536 &&
    /^RTP\/AVPF?$/i.test(media.protocol) &&
    version !== 0 &&
    !ofMany.test(address) &&
    (family === undefined || version === family || nowhere.test(address))
  )
}

export function isHeld(media: Stream, session: SessionDescription): boolean {
  const direction = directionOf(media, session)
  // c=0.0.0.0 is how RFC 2543 said hold; its successors still have to take it (RFC 3264, section 8.4).
  const isNowhere = nowhere.test(addressOf(media, session))
  return isNowhere || direction === 'sendonly' || direction === 'inactive'
}
