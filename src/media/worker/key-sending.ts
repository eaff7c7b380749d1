import { eventOfKey } from '../keys.ts'
import type { Key } from '../port.ts'
import { writeEventPayload } from '../telephone-event.ts'

const frameSamples = 160
/** 100 ms: well above the 40 ms that every receiver must take (ITU-T Q.24), and short enough to dial with. */
const framesOfKey = 5
/** The end is said three times, since the last packet of a key has no successor to make up for its loss (RFC 4733, 2.5.1.4). */
const endPackets = 3
/** 60 ms of nothing between two keys. */
const framesOfPause = 3

/** Keys on their way out as telephone-events, one after the other (RFC 4733, section 2.5.1). */
export type KeySending = {
  readonly waiting: Key[]
  /** The one that is being sent; -1 when none is. */
  event: number
  /** Of its packets, the one that is due; from 1. */
  frame: number
  /** When it began: the same in all packets of a key. */
  timestamp: number
}

export function createKeySending(): KeySending {
  return { waiting: [], event: -1, frame: 0, timestamp: 0 }
}

/** A packet is to be sent in this tick instead of sound; during the pause between keys there is none. */
export function isKeyDue(sending: KeySending, timestamp: number): boolean {
  if (sending.event < 0) {
    const key = sending.waiting.shift()
    if (key === undefined) return false
    sending.event = eventOfKey(key)
    sending.frame = 0
    sending.timestamp = timestamp
  }
  if (++sending.frame <= framesOfKey + endPackets) return true
  if (sending.frame > framesOfKey + endPackets + framesOfPause) sending.event = -1
  return false
}

export function writeKeyPayload({ event, frame }: KeySending, packet: Uint8Array, at: number): void {
  writeEventPayload(packet, at, event, frame > framesOfKey, Math.min(frame, framesOfKey) * frameSamples)
}
