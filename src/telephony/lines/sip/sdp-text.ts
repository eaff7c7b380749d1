import type { MediaDescription, SessionDescription } from 'sdp-transform'
import type { TextPayloads, TextRemote } from '../../../media/index.ts'
import {
  addressOf,
  type Direction,
  type Family,
  isHeld,
  isReachable,
  type Stream,
  typesOf,
} from './sdp-stream.ts'

/** Numbers that others use for text, too; those of an offer are kept. */
export const offeredTextPayloads: TextPayloads = { t140: 106, red: 105 }
/** RFC 4103, section 3. */
const clockRate = 1000

/** Where the other end reads what is typed (RFC 4103, section 7); undefined when the stream is nothing of the kind. */
export function textOf(media: Stream, session: SessionDescription, family?: Family): TextRemote | undefined {
  if (media.type !== 'text' || !isReachable(media, session, family)) return undefined
  const types = typesOf(media)
  const typeOf = (name: RegExp) =>
    media.rtp.find(
      ({ codec, rate, payload }) => name.test(codec) && rate === clockRate && types.includes(payload),
    )?.payload
  const t140 = typeOf(/^t140$/i)
  if (t140 === undefined) return undefined
  const red = typeOf(/^red$/i)
  const parameters = media.fmtp.find(({ payload }) => payload === t140)?.config ?? ''
  const cps = Number(/\bcps=(\d{1,4})\b/.exec(parameters)?.[1] ?? 0)
  return {
    address: addressOf(media, session),
    port: media.port,
    payloads: { t140, red },
    charactersASecond: cps > 0 ? cps : undefined,
    send: !isHeld(media, session),
  }
}

/** Text with two generations of redundancy, where both ends know of it. */
export function textStream(
  { port, protocol }: { readonly port: number; readonly protocol: string },
  { t140, red }: TextPayloads,
  direction: Direction,
): Stream & MediaDescription {
  const types = red === undefined ? [t140] : [red, t140]
  return {
    type: 'text',
    port,
    protocol,
    payloads: types.join(' '),
    rtp: types.map(payload => ({ payload, codec: payload === t140 ? 't140' : 'red', rate: clockRate })),
    fmtp: red === undefined ? [] : [{ payload: red, config: `${t140}/${t140}/${t140}` }],
    direction,
  }
}
