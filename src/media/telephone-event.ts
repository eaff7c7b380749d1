import { keyOfEvent } from './keys.ts'
import type { Key } from './port.ts'

/**
 * The payload of a telephone-event (RFC 4733, section 2.3), and how keys are heard in a stream of them.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |     event     |E|R| volume    |          duration             |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const eventPayloadBytes = 4

/** -10 dBm0: within the 0 to -36 dBm0 that RFC 4733 asks receivers to take as DTMF. */
const volume = 10

/** @param duration samples since the event began, this packet's included. */
export function writeEventPayload(
  packet: Uint8Array,
  at: number,
  event: number,
  end: boolean,
  duration: number,
): void {
  packet[at] = event
  packet[at + 1] = (end ? 0x80 : 0) | volume
  packet[at + 2] = duration >> 8
  packet[at + 3] = duration
}

/** Longest duration one segment of an event can say; a longer key goes on in a new segment (section 2.5.1.3). */
const longestSegment = 0xffff
const remembered = 32

/**
 * Hears each key once, whatever is lost, repeated or late. All packets of one key bear the timestamp at which it
 * began (RFC 4733, section 2.2.1), so a key is named by source, timestamp and event; any of its packets, the first that
 * comes, proves it, and a caller need not lift the finger before something happens (section 2.5.2.2 lets a receiver act
 * on the first). The last keys are remembered, so that a packet that comes after those of a later key is known, too.
 */
export function createKeyHearing(): (
  ssrc: number,
  timestamp: number,
  payload: Uint8Array,
  at: number,
) => Key | undefined {
  const sources = new Uint32Array(remembered)
  const timestamps = new Uint32Array(remembered)
  const events = new Int16Array(remembered).fill(-1)
  let next = 0

  const isKnown = (ssrc: number, timestamp: number, event: number) => {
    for (let at = 0; at < remembered; at++)
      if (events[at] === event && timestamps[at] === timestamp && sources[at] === ssrc) return true
    return false
  }

  return (ssrc, timestamp, payload, at) => {
    const event = payload[at]!
    const key = keyOfEvent(event)
    if (key === undefined || isKnown(ssrc, timestamp, event)) return undefined
    const isNextSegment = isKnown(ssrc, (timestamp - longestSegment) >>> 0, event)
    sources[next] = ssrc
    timestamps[next] = timestamp
    events[next] = event
    next = (next + 1) % remembered
    return isNextSegment ? undefined : key
  }
}
