import type { MediaDescription, SessionDescription } from 'sdp-transform'
import type { CodecName, Remote } from '../../../media/index.ts'
import {
  addressOf,
  type Direction,
  type Family,
  isHeld,
  isReachable,
  type Stream,
  typesOf,
} from './sdp-stream.ts'

/** How one stream of sound numbers what we take of it. */
export type SoundPayloads = {
  readonly codecs: readonly { readonly name: CodecName; readonly type: number }[]
  readonly eventType?: number
}

/** Static payload types of RFC 3551, section 6. */
const staticTypes: Record<CodecName, number> = { PCMA: 8, PCMU: 0 }
const names = Object.keys(staticTypes) as readonly CodecName[]
const clockRate = 8000
/** What everybody numbers telephone-event, and some leave without a name. */
const usualEventType = 101

/** A-law, µ-law and keys as events. */
export const offeredSound: SoundPayloads = {
  codecs: names.map(name => ({ name, type: staticTypes[name] })),
  eventType: usualEventType,
}

/** The first of our codecs in a stream of sound that we can reach; undefined where there is none. */
export function soundOf(
  media: Stream,
  session: SessionDescription,
  family: Family | undefined,
): SoundPayloads | undefined {
  if (media.type !== 'audio' || !isReachable(media, session, family)) return undefined
  for (const type of typesOf(media)) {
    const name = codecAt(media, type)
    if (name) return { codecs: [{ name, type }], eventType: eventTypeOf(media) }
  }
  return undefined
}

/** @param isAnswer the other end numbers anew what we offered, and may go on by our number. */
export function remoteOf(
  media: Stream,
  session: SessionDescription,
  { codecs: [codec], eventType }: SoundPayloads,
  isAnswer: boolean,
): Remote | undefined {
  if (!codec) return undefined
  const { name, type } = codec
  const isOurs = isAnswer && eventType !== usualEventType && !isNamed(media, usualEventType)
  const remote: Remote = {
    address: addressOf(media, session),
    port: media.port,
    codec: name,
    payloadType: type === staticTypes[name] ? undefined : type,
    ownEventPayloadType: isOurs ? usualEventType : undefined,
    send: !isHeld(media, session),
  }
  return eventType === undefined ? remote : { ...remote, eventPayloadType: eventType }
}

export function soundStream(
  { port, protocol }: { readonly port: number; readonly protocol: string },
  { codecs, eventType }: SoundPayloads,
  direction: Direction,
): Stream & MediaDescription {
  const sound = codecs.map(({ name, type }) => ({ payload: type, codec: name, rate: clockRate }))
  const events =
    eventType === undefined ? [] : [{ payload: eventType, codec: 'telephone-event', rate: clockRate }]
  const rtp = [...sound, ...events]
  return {
    type: 'audio',
    port,
    protocol,
    payloads: rtp.map(({ payload }) => payload).join(' '),
    rtp,
    fmtp: events.map(({ payload }) => ({ payload, config: '0-15' })),
    ptime: 20,
    direction,
  }
}

const isNamed = (media: Stream, type: number) => media.rtp.some(({ payload }) => payload === type)

/** A static type needs no name; where it has one, that counts. */
function codecAt(media: Stream, type: number): CodecName | undefined {
  if (!isNamed(media, type)) return names.find(name => staticTypes[name] === type)
  return names.find(name =>
    media.rtp.some(
      ({ payload, codec, rate, encoding }) =>
        payload === type &&
        // The library reads a name of digits as a number.
        String(codec).toUpperCase() === name &&
        (rate ?? clockRate) === clockRate &&
        Number(encoding ?? 1) === 1,
    ),
  )
}

/** By its name; else a dynamic type without one that is 101, or lists keys as events do (RFC 4733, section 2.4.1). */
function eventTypeOf(media: Stream): number | undefined {
  const types = typesOf(media)
  const named = media.rtp.find(
    ({ codec, rate, payload }) =>
      /^telephone-event$/i.test(codec) && (rate ?? clockRate) === clockRate && types.includes(payload),
  )
  if (named) return named.payload
  const listsKeys = (type: number) =>
    media.fmtp.some(({ payload, config }) => payload === type && /^0-1[1-6]\b/.test(String(config)))
  return types.find(
    type => type >= 96 && !isNamed(media, type) && (type === usualEventType || listsKeys(type)),
  )
}
