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
  add(key: Key): void
  /** A packet is to be sent in this tick instead of sound; during the pause between keys there is none. */
  next(timestamp: number): boolean
  /** Of the packet that `next` announced: its marker; its timestamp, the same in all packets of a key; its payload. */
  readonly marker: boolean
  readonly timestamp: number
  writePayload(packet: Uint8Array, at: number): void
}

export function createKeySending(): KeySending {
  const waiting: Key[] = []
  let event = -1
  let frame = 0
  let began = 0
  return {
    add: key => void waiting.push(key),
    next(timestamp) {
      if (event < 0) {
        const key = waiting.shift()
        if (key === undefined) return false
        event = eventOfKey(key)
        frame = 0
        began = timestamp
      }
      if (++frame <= framesOfKey + endPackets) return true
      if (frame > framesOfKey + endPackets + framesOfPause) event = -1
      return false
    },
    get marker() {
      return frame === 1
    },
    get timestamp() {
      return began
    },
    writePayload(packet, at) {
      writeEventPayload(packet, at, event, frame > framesOfKey, Math.min(frame, framesOfKey) * frameSamples)
    },
  }
}
