import { isIP } from 'node:net'
import { type MediaDescription, parse, type SessionDescription, write } from 'sdp-transform'
import type { CodecName, Remote, TextRemote } from '../../../media/index.ts'
import {
  addressOf,
  type Direction,
  directionOf,
  isHeld,
  isReachable,
  type Stream,
  typesOf,
} from './sdp-stream.ts'
import { offeredTextPayloads, textOf, textStream } from './sdp-text.ts'

/** Where we hear; `version` grows with each description of one session (RFC 3264, section 8). */
export type Local = {
  readonly address: string
  readonly port: number
  readonly version: number
  /** Where we read what is typed, if we do. */
  readonly textPort?: number
}

/** Static payload types of RFC 3551, section 6: the only ones G.711 is ever sent with. */
const codecs = new Map<number, CodecName>([
  [8, 'PCMA'],
  [0, 'PCMU'],
])
const payloadTypes: Record<CodecName, number> = { PCMA: 8, PCMU: 0 }
const offeredEventType = 101

/** Nobody offers a telephone more streams than this, and the answer to each must fit one control message. */
const mostStreams = 8

/** What we do when the other end does this (RFC 3264, section 6.1). */
const mirror: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

/** The other end, as it says: where it hears us, and where it reads what we type, if it does. */
export type Ends = { readonly remote: Remote; readonly text?: TextRemote }

/** The other end as its answer says; undefined without an audio stream that we can take. */
export function readRemote(sdp: string): Ends | undefined {
  const session = read(sdp)
  const stream = session.media.find(media => acceptable(media, session))
  const remote = stream && remoteOf(stream, session)
  return remote && { remote, ...textIn(session) }
}

/** An offer with something in it for us. */
export type Offer = Ends & {
  /** Takes one stream of sound, and one of text where we have a port for it; refuses every other (RFC 3264, section 6). */
  answer(local: Local): string
}

/** Undefined when there is nothing in it for us: 488. */
export function readOffer(sdp: string): Offer | undefined {
  const session = read(sdp)
  const chosen = session.media.find(media => acceptable(media, session))
  const remote = chosen && remoteOf(chosen, session)
  if (!chosen || !remote || session.media.length > mostStreams) return undefined
  const text = session.media.find(media => textOf(media, session) !== undefined)
  return {
    remote,
    ...textIn(session),
    answer(local) {
      const media = session.media.map(stream => {
        const direction = mirror[directionOf(stream, session)]
        if (stream === chosen) return audio(local, [remote.codec], remote.eventPayloadType, direction)
        const typed = stream === text ? textOf(stream, session) : undefined
        if (typed && local.textPort !== undefined)
          return textStream(local.textPort, typed.payloads, direction)
        return { ...pick(stream), port: 0, rtp: [], fmtp: [] }
      })
      return write({ ...head(local), media })
    },
  }
}

/** What we offer: A-law, µ-law and keys as events; and text, where we have a port for it. */
export function writeOffer(local: Local): string {
  const sound = audio(local, ['PCMA', 'PCMU'], offeredEventType, 'sendrecv')
  const text =
    local.textPort === undefined ? [] : [textStream(local.textPort, offeredTextPayloads, 'sendrecv')]
  return write({ ...head(local), media: [sound, ...text] })
}

function textIn(session: SessionDescription): Pick<Ends, 'text'> {
  const found = session.media.map(media => textOf(media, session)).find(text => text !== undefined)
  return found ? { text: found } : {}
}

/** What cannot be read at all describes no stream. */
function read(sdp: string): SessionDescription {
  try {
    return parse(sdp)
  } catch {
    return parse('')
  }
}

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

const codecOf = (media: Stream) =>
  typesOf(media)
    .map(type => codecs.get(type))
    .find(name => name !== undefined)

const acceptable = (media: Stream, session: SessionDescription) =>
  media.type === 'audio' && codecOf(media) !== undefined && isReachable(media, session)

function remoteOf(media: Stream, session: SessionDescription): Remote | undefined {
  const codec = codecOf(media)
  if (!codec) return undefined
  const types = typesOf(media)
  const event = media.rtp.find(
    ({ codec: name, rate, payload }) =>
      /^telephone-event$/i.test(name) && (rate ?? 8000) === 8000 && types.includes(payload),
  )
  return {
    address: addressOf(media, session),
    port: media.port,
    codec,
    eventPayloadType: event ? event.payload : undefined,
    send: !isHeld(media, session),
  }
}
