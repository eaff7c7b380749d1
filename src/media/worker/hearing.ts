import type { RemoteInfo } from 'node:dgram'
import { monotonicMs } from '../../foundation/index.ts'
import { type Codec, silenceOf, tableBetween } from '../codec.ts'
import { codecOf, codecOfPayload } from '../codecs.ts'
import { counterAt } from '../figures.ts'
import { createJitterBuffer, type JitterBuffer } from '../jitter.ts'
import { createLatch, type Latch } from '../latch.ts'
import type { Key, KeySource, Remote } from '../port.ts'
import { createReception, type Reception } from '../reception.ts'
import { emptyRtpFields, readRtp } from '../rtp.ts'
import { createKeyHearing, eventPayloadBytes } from '../telephone-event.ts'
import { createToneHearing, type ToneHearing } from '../tones.ts'

const frameSamples = 160

/** What comes in on one port: from whom, how well, which keys, and, while somebody wants it, the sound in order. */
export type Hearing = {
  readonly latch: Latch
  readonly reception: Reception
  connect(remote: Remote): void
  /** A packet on the RTP socket. @param nowMs on the scale of `performance.now()`. */
  packet(packet: Buffer, from: RemoteInfo, nowMs: number): void
  /** Somebody listens, from now on or no more; while nobody does, sound is not even copied. */
  want(is: boolean): void
  /** There is sound to be taken with `frame` every tick. */
  readonly isHeld: boolean
  /** The 20 ms of this tick, in the codec of `connect`; the same however often it is asked for within the tick. */
  frame(tick: number): Uint8Array
  /** Something came since this was asked last. */
  isAlive(): boolean
  /** RTCP is a sign of life, too. */
  sign(): void
}

export function createHearing(
  counters: Float64Array,
  onKey: (key: Key, source: KeySource, atMs: number) => void,
): Hearing {
  const fields = emptyRtpFields()
  const latch = createLatch()
  const reception = createReception()
  const hearKey = createKeyHearing()
  const current = new Uint8Array(frameSamples)
  let currentTick = -1
  let codec: Codec | undefined
  let eventPayloadType: number | undefined
  let tones: ToneHearing | undefined
  let jitter: JitterBuffer | undefined
  let wanted = false
  let isAlive = false

  /** Sound is held only for those who listen: a bridge, a tap, a recording, the ear for tones. */
  const hold = () => {
    if (!codec || !(wanted || tones)) jitter = undefined
    else jitter ??= createJitterBuffer(codec)
  }

  const sound = (packet: Buffer, spoken: Codec) => {
    if (!jitter || !codec) return
    if (spoken !== codec) {
      const table = tableBetween(spoken, codec)
      for (let at = fields.payloadStart; at < fields.payloadEnd; at++) packet[at] = table[packet[at]!]!
    }
    jitter.write(fields.ssrc, fields.timestamp, packet, fields.payloadStart, fields.payloadEnd)
  }

  const keyHeard = (key: Key, source: KeySource) => {
    counters[counterAt.keysHeard]!++
    onKey(key, source, monotonicMs())
  }

  return {
    latch,
    reception,

    connect(remote) {
      latch.expect(remote.address, remote.port)
      const next = codecOf(remote.codec)
      if (next !== codec) jitter = undefined
      codec = next
      eventPayloadType = remote.eventPayloadType
      if (eventPayloadType !== undefined) tones = undefined
      else tones ??= createToneHearing()
      hold()
    },

    packet(packet, from, nowMs) {
      if (!codec) return
      if (!readRtp(packet, fields)) {
        counters[counterAt.malformedPackets]!++
        return
      }
      const isEvent = fields.payloadType === eventPayloadType
      const spoken = isEvent ? undefined : codecOfPayload(fields.payloadType)
      if (!isEvent && !spoken && !latch.isLatched) return
      if (!latch.admits(from.address, from.port)) {
        counters[counterAt.strangersRefused]!++
        return
      }
      counters[counterAt.packetsReceived]!++
      isAlive = true
      reception.receive(fields.sequence, fields.timestamp, fields.ssrc, nowMs, !isEvent)
      if (spoken) sound(packet, spoken)
      else if (isEvent && fields.payloadEnd - fields.payloadStart >= eventPayloadBytes) {
        const key = hearKey(fields.ssrc, fields.timestamp, packet, fields.payloadStart)
        if (key !== undefined) keyHeard(key, 'rtp-event')
      }
    },

    want(is) {
      wanted = is
      hold()
    },

    get isHeld() {
      return jitter !== undefined
    },

    frame(tick) {
      if (tick === currentTick) return current
      currentTick = tick
      if (!jitter || !codec) return current.fill(codec ? silenceOf(codec) : 0)
      jitter.read(current)
      const key = tones?.hear(current, codec)
      if (key !== undefined) keyHeard(key, 'tone')
      return current
    },

    isAlive() {
      const was = isAlive
      isAlive = false
      return was
    },

    sign() {
      isAlive = true
    },
  }
}
