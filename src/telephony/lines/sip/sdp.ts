import { isIP } from 'node:net'
import type { SessionDescription } from 'sdp-transform'
import type { Remote, TextRemote } from '../../../media/index.ts'
import { offeredSound, remoteOf, soundOf, soundStream } from './sdp-sound.ts'
import { type Direction, directionOf, type Family, readSession, type Stream } from './sdp-stream.ts'
import { offeredTextPayloads, textOf, textStream } from './sdp-text.ts'

/** Where we hear; `version` grows with each description of one session (RFC 3264, section 8). */
export type Local = {
  readonly address: string
  readonly port: number
  readonly version: number
  /** Where we read what is typed, if we do. */
  readonly textPort?: number
}

/** Nobody offers a telephone more streams than this, and the answer to each must fit one control message. */
const mostStreams = 8

/** What we do when the other end does this (RFC 3264, section 6.1). */
const mirror: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

/** The other end, as it says: where it hears us, unless it has stopped its sound, and where it reads what we type, if it does. */
export type Ends = { readonly remote?: Remote; readonly text?: TextRemote }

/** An end that has sound. */
export type SoundEnds = Ends & { readonly remote: Remote }
export const isHeard = <Any extends Ends>(ends: Any | undefined): ends is Any & SoundEnds =>
  ends?.remote !== undefined

/** The other end as its answer says; undefined without an audio stream that we can take, or one that it stopped. @param family ours. */
export function readRemote(sdp: string, family?: Family): Ends | undefined {
  const session = readSession(sdp)
  const text = textIn(session, family)?.found
  const remote = firstIn(session, media => {
    const sound = soundOf(media, session, family)
    return sound && remoteOf(media, session, sound, true)
  })?.found
  return remote || hasStopped(session, family) ? { remote, text } : undefined
}

/**
 * A stream of port 0 is stopped (RFC 3264, section 8.2): nothing is refused by that, the call goes on without sound. Where
 * another stream is to take its place, as that of a fax, it is that one which is offered, and we do not have it.
 */
const hasStopped = (session: SessionDescription, family: Family | undefined): boolean =>
  session.media.some(({ type, port }) => type === 'audio' && port === 0) &&
  session.media.every(media => media.port === 0 || textOf(media, session, family) !== undefined)

/** An offer with something in it for us. */
export type SdpOffer = Ends & {
  /** Takes one stream of sound, and one of text where we have a port for it; refuses every other (RFC 3264, section 6). */
  answer(local: Local): string
}

/** Undefined when there is nothing in it for us: 488. @param family ours. */
export function readOffer(sdp: string, family?: Family): SdpOffer | undefined {
  const session = readSession(sdp)
  const sound = firstIn(session, media => soundOf(media, session, family))
  const remote = sound && remoteOf(sound.media, session, sound.found, false)
  if (session.media.length > mostStreams || !(remote || hasStopped(session, family))) return undefined
  const text = textIn(session, family)
  return {
    remote,
    text: text?.found,
    answer(local) {
      const media = session.media.map(stream => {
        const direction = mirror[directionOf(stream, session)]
        const { protocol } = stream
        if (stream === sound?.media)
          return soundStream({ port: local.port, protocol }, sound.found, direction)
        if (stream === text?.media && local.textPort !== undefined)
          return textStream({ port: local.textPort, protocol }, text.found.payloads, direction)
        return { ...pick(stream), port: 0, rtp: [], fmtp: [] }
      })
      return describe(local, media)
    },
  }
}

/** What we offer: sound, and text where we have a port for it. */
export function writeOffer(local: Local): string {
  const protocol = 'RTP/AVP'
  const sound = soundStream({ port: local.port, protocol }, offeredSound, 'sendrecv')
  const { textPort } = local
  const text =
    textPort === undefined ? [] : [textStream({ port: textPort, protocol }, offeredTextPayloads, 'sendrecv')]
  return describe(local, [sound, ...text])
}

/** The first stream in which something is found, with that. */
function firstIn<Found>(
  { media: streams }: SessionDescription,
  find: (media: Stream) => Found | undefined,
): { readonly media: Stream; readonly found: Found } | undefined {
  for (const media of streams) {
    const found = find(media)
    if (found !== undefined) return { media, found }
  }
  return undefined
}

const textIn = (session: SessionDescription, family: Family | undefined) =>
  firstIn(session, media => textOf(media, session, family))

const pick = ({ type, protocol, payloads }: Stream) => ({ type, protocol, payloads: payloads || '0' })

type Described = Pick<Stream, 'type' | 'port' | 'protocol' | 'rtp' | 'fmtp' | 'ptime' | 'direction'> & {
  readonly payloads?: string
}

/**
 * RFC 8866; the session's id is the port, unique among our sessions while it is open. What we say of ourselves is a few
 * lines of one form: the library, which writes whatever can be said, took ten times as long for each call.
 */
function describe({ address, port, version }: Local, streams: readonly Described[]): string {
  const here = `IN IP${isIP(address) === 6 ? 6 : 4} ${address}`
  const head = ['v=0', `o=- ${port} ${version} ${here}`, 's=-', `c=${here}`, 't=0 0']
  return `${[...head, ...streams.flatMap(linesOf)].join('\r\n')}\r\n`
}

const linesOf = ({ type, port, protocol, payloads, rtp, fmtp, ptime, direction }: Described) => [
  `m=${type} ${port} ${protocol} ${payloads}`,
  ...rtp.map(({ payload, codec, rate }) => `a=rtpmap:${payload} ${codec}/${rate}`),
  ...fmtp.map(({ payload, config }) => `a=fmtp:${payload} ${config}`),
  ...(ptime === undefined ? [] : [`a=ptime:${ptime}`]),
  ...(direction === undefined ? [] : [`a=${direction}`]),
]
