import { isIP } from 'node:net'
import { type MediaDescription, parse, type SessionDescription, write } from 'sdp-transform'
import type { CodecName, Remote } from '../../../media/index.ts'

/** Where we hear; `version` grows with each description of one session (RFC 3264, section 8). */
export type Local = { readonly address: string; readonly port: number; readonly version: number }

/** Static payload types of RFC 3551, section 6: the only ones G.711 is ever sent with. */
const codecs = new Map<number, CodecName>([
  [8, 'PCMA'],
  [0, 'PCMU'],
])
const payloadTypes: Record<CodecName, number> = { PCMA: 8, PCMU: 0 }
const offeredEventType = 101

/** Nobody offers a telephone more streams than this, and the answer to each must fit one control message. */
const mostStreams = 8

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** What we do when the other end does this (RFC 3264, section 6.1). */
const mirror: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

/** The other end as its answer says; undefined without an audio stream that we can take. */
export function readRemote(sdp: string): Remote | undefined {
  const session = read(sdp)
  const stream = session.media.find(media => acceptable(media, session))
  return stream && remoteOf(stream, session)
}

/** An offer with something in it for us. */
export type Offer = {
  /** The other end, as it says. */
  readonly remote: Remote
  /** Takes one stream, and refuses every other in its place (RFC 3264, section 6). */
  answer(local: Local): string
}

/** Undefined when there is nothing in it for us: 488. */
export function readOffer(sdp: string): Offer | undefined {
  const session = read(sdp)
  const chosen = session.media.find(media => acceptable(media, session))
  const remote = chosen && remoteOf(chosen, session)
  if (!chosen || !remote || session.media.length > mostStreams) return undefined
  const direction = mirror[directionOf(chosen, session)]
  return {
    remote,
    answer(local) {
      const media = session.media.map(stream =>
        stream === chosen
          ? audio(local, [remote.codec], remote.eventPayloadType, direction)
          : { ...pick(stream), port: 0, rtp: [], fmtp: [] },
      )
      return write({ ...head(local), media })
    },
  }
}

/** What we offer: A-law, µ-law and keys as events. */
export function writeOffer(local: Local): string {
  return write({ ...head(local), media: [audio(local, ['PCMA', 'PCMU'], offeredEventType, 'sendrecv')] })
}

/** What cannot be read at all describes no stream. */
function read(sdp: string): SessionDescription {
  try {
    return parse(sdp)
  } catch {
    return parse('')
  }
}

type Stream = SessionDescription['media'][number]

const pick = ({ type, protocol, payloads }: Stream) => ({ type, protocol, payloads: payloads || '0' })

/** RFC 8866; the session's id is the port, unique among our sessions while it is open. */
const head = ({ address, port, version }: Local): Omit<SessionDescription, 'media'> => {
  const ipVer = isIP(address) === 6 ? 6 : 4
  return {
    version: 0,
    origin: { username: '-', sessionId: port, sessionVersion: version, netType: 'IN', ipVer, address },
    name: '-',
    connection: { version: ipVer, ip: address },
    timing: { start: 0, stop: 0 },
  }
}

function audio(
  { port }: Local,
  names: readonly CodecName[],
  eventType: number | undefined,
  direction: Direction,
): Stream & MediaDescription {
  const types = names.map(name => payloadTypes[name])
  const rtp = names.map(name => ({ payload: payloadTypes[name], codec: name, rate: 8000 }))
  const withEvents = eventType === undefined ? [] : [eventType]
  return {
    type: 'audio',
    port,
    protocol: 'RTP/AVP',
    payloads: [...types, ...withEvents].join(' '),
    rtp: [...rtp, ...withEvents.map(payload => ({ payload, codec: 'telephone-event', rate: 8000 }))],
    fmtp: withEvents.map(payload => ({ payload, config: '0-15' })),
    ptime: 20,
    direction,
  }
}

// The parser makes a number of a single one, whatever its types say.
const typesOf = (media: Stream) =>
  String(media.payloads ?? '')
    .split(' ')
    .map(Number)

const codecOf = (media: Stream) =>
  typesOf(media)
    .map(type => codecs.get(type))
    .find(name => name !== undefined)

const addressOf = (media: Stream, session: SessionDescription) =>
  (media.connection ?? session.connection)?.ip ?? ''

const directionOf = (media: Stream, session: SessionDescription): Direction =>
  (media.direction ?? session.direction ?? 'sendrecv') as Direction

const acceptable = (media: Stream, session: SessionDescription) =>
  media.type === 'audio' &&
  media.port > 0 &&
  media.port < 65_536 &&
  /^RTP\/AVPF?$/.test(media.protocol) &&
  codecOf(media) !== undefined &&
  isIP(addressOf(media, session)) !== 0

function remoteOf(media: Stream, session: SessionDescription): Remote | undefined {
  const codec = codecOf(media)
  if (!codec) return undefined
  const types = typesOf(media)
  const event = media.rtp.find(
    ({ codec: name, rate, payload }) =>
      /^telephone-event$/i.test(name) && (rate ?? 8000) === 8000 && types.includes(payload),
  )
  const address = addressOf(media, session)
  const direction = directionOf(media, session)
  // c=0.0.0.0 is how RFC 2543 said hold; its successors still have to take it (RFC 3264, section 8.4).
  const held = /^(0\.0\.0\.0|::)$/.test(address) || direction === 'sendonly' || direction === 'inactive'
  return {
    address,
    port: media.port,
    codec,
    ...(event ? { eventPayloadType: event.payload } : {}),
    send: !held,
  }
}
