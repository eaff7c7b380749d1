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

/** The keys heard last: by source, timestamp and event, which all packets of one key share. */
export type KeyMemory = {
  readonly sources: Uint32Array
  readonly timestamps: Uint32Array
  readonly events: Int16Array
  next: number
}

export function createKeyMemory(): KeyMemory {
  return {
    sources: new Uint32Array(remembered),
    timestamps: new Uint32Array(remembered),
    events: new Int16Array(remembered).fill(-1),
    next: 0,
  }
}

/**
 * The key that the payload at `at` names, if no packet of it was heard before: each key is heard once, whatever is
 * lost, repeated or late. All packets of a key bear the timestamp at which it began (section 2.2.1), so any of them, the
 * first that comes, proves it, and a caller need not lift the finger before something happens. A packet that comes
 * after those of a later key is known by the memory, too.
 */
export function newKeyIn(
  memory: KeyMemory,
  ssrc: number,
  timestamp: number,
  packet: Uint8Array,
  at: number,
): Key | undefined {
  const event = packet[at]!
  const key = keyOfEvent(event)
  if (key === undefined || isKnown(memory, ssrc, timestamp, event)) return undefined
  const isNextSegment = isKnown(memory, ssrc, (timestamp - longestSegment) >>> 0, event)
  memory.sources[memory.next] = ssrc
  memory.timestamps[memory.next] = timestamp
  memory.events[memory.next] = event
  memory.next = (memory.next + 1) % remembered
  return isNextSegment ? undefined : key
}

function isKnown({ sources, timestamps, events }: KeyMemory, ssrc: number, timestamp: number, event: number) {
  for (let at = 0; at < remembered; at++)
    if (events[at] === event && timestamps[at] === timestamp && sources[at] === ssrc) return true
  return false
}
