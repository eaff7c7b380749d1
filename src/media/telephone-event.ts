/**
 * The payload of a telephone-event (RFC 4733, section 2.3):
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

/** One payload, filled anew by each packet: one thread reads one packet at a time. */
export type EventFields = {
  event: number
  isEnd: boolean
  /** Samples since the event, or this segment of it, began. */
  duration: number
}

export function readEventPayload(packet: Uint8Array, at: number, fields: EventFields): void {
  fields.event = packet[at]!
  fields.isEnd = (packet[at + 1]! & 0x80) !== 0
  fields.duration = (packet[at + 2]! << 8) | packet[at + 3]!
}
