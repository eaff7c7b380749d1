import type { RemoteInfo } from 'node:dgram'
import { monotonicMs } from '../../foundation/index.ts'
import { type Codec, silenceOf, tableBetween } from '../codec.ts'
import { codecOf, codecOfPayload } from '../codecs.ts'
import { counterAt } from '../figures.ts'
import { createJitterBuffer, type JitterBuffer, putPayload, takeFrame } from '../jitter.ts'
import { admits, createLatch, expectSource, type Latch } from '../latch.ts'
import type { Key, KeySource, Remote } from '../port.ts'
import { countPacket, createReception, type Reception } from '../reception.ts'
import { emptyRtpFields, readRtp } from '../rtp.ts'
import { createKeyMemory, eventPayloadBytes, type KeyMemory, newKeyIn } from '../telephone-event.ts'
import { createToneHearing, keyInFrame, type ToneHearing } from '../tones.ts'

const frameSamples = 160
/** What comes in messages comes from one source. */
const streamSource = 0

/** What comes in on one port: from whom, how well, which keys, and, while somebody wants it, the sound in order. */
export type Hearing = {
  readonly counters: Float64Array
  readonly onKey: (key: Key, source: KeySource, atMs: number) => void
  readonly latch: Latch
  readonly reception: Reception
  readonly keyMemory: KeyMemory
  readonly current: Uint8Array
  currentTick: number
  codec: Codec
  isConnected: boolean
  eventPayloadType: number | undefined
  /** The other end names its keys in messages. */
  readonly keysAreNamed: boolean
  /** Keys are looked for in the sound only where the other end cannot name them. */
  tones: ToneHearing | undefined
  /** Sound is held only for those who listen: a bridge, a tap, a recording, the ear for tones. */
  jitter: JitterBuffer | undefined
  isWanted: boolean
  /** Something came since this was set to false. */
  isAlive: boolean
}

export function createHearing(
  counters: Float64Array,
  onKey: Hearing['onKey'],
  keysAreNamed: boolean,
): Hearing {
  return {
    counters,
    onKey,
    latch: createLatch(),
    reception: createReception(),
    keyMemory: createKeyMemory(),
    current: new Uint8Array(frameSamples),
    currentTick: -1,
    codec: codecOf('PCMA'),
    isConnected: false,
    eventPayloadType: undefined,
    keysAreNamed,
    tones: undefined,
    jitter: undefined,
    isWanted: false,
    isAlive: false,
  }
}

/** @returns whether it is another end than before. */
export function hearFrom(hearing: Hearing, remote: Remote): boolean {
  const codec = codecOf(remote.codec)
  if (codec !== hearing.codec) {
    hearing.jitter = undefined
    hearing.tones = undefined
  }
  hearing.codec = codec
  hearing.isConnected = true
  hearing.isAlive = true
  hearing.eventPayloadType = remote.eventPayloadType
  if (hearing.keysAreNamed || remote.eventPayloadType !== undefined) hearing.tones = undefined
  else hearing.tones ??= createToneHearing(codec)
  hold(hearing)
  return expectSource(hearing.latch, remote.address, remote.port)
}

/** Somebody listens, from now on or no more; while nobody does, sound is not even copied. */
export function wantSound(hearing: Hearing, isWanted: boolean): void {
  hearing.isWanted = isWanted
  hold(hearing)
}

function hold(hearing: Hearing): void {
  if (!hearing.isConnected || !(hearing.isWanted || hearing.tones)) hearing.jitter = undefined
  else hearing.jitter ??= createJitterBuffer(hearing.codec)
}

/** Filled by each packet anew: one thread reads one packet at a time. */
const fields = emptyRtpFields()

/** A packet on the RTP socket. @param nowMs on the scale of `performance.now()`. */
export function hearPacket(hearing: Hearing, packet: Buffer, from: RemoteInfo, nowMs: number): void {
  const { counters, latch } = hearing
  if (!hearing.isConnected) return
  if (!readRtp(packet, fields)) {
    counters[counterAt.malformedPackets]!++
    return
  }
  const isEvent = fields.payloadType === hearing.eventPayloadType
  const spoken = isEvent ? undefined : codecOfPayload(fields.payloadType)
  // Only what was negotiated proves a source; comfort noise and the like are then taken from it as signs of life.
  const isProof = isEvent || spoken !== undefined
  if (!(isProof || latch.isLatched) || !admits(latch, from.address, from.port)) {
    counters[counterAt.strangersRefused]!++
    return
  }
  counters[counterAt.packetsReceived]!++
  hearing.isAlive = true
  countPacket(hearing.reception, fields.sequence, fields.timestamp, fields.ssrc, nowMs, !isEvent)
  if (spoken) hearSound(hearing, packet, spoken)
  else if (isEvent && fields.payloadEnd - fields.payloadStart >= eventPayloadBytes) {
    const key = newKeyIn(hearing.keyMemory, fields.ssrc, fields.timestamp, packet, fields.payloadStart)
    if (key !== undefined) hearKey(hearing, key, 'rtp-event')
  }
}

/** Sound that came in a message. @param nowMs on the scale of `performance.now()`. */
export function hearPayload(hearing: Hearing, payload: Uint8Array, timestamp: number, nowMs: number): void {
  const { counters, jitter } = hearing
  if (!hearing.isConnected) return
  counters[counterAt.packetsReceived]!++
  hearing.isAlive = true
  // Frames are counted in the place of packets: one that the other end left out is a gap in its time.
  const sequence = Math.floor(timestamp / frameSamples) & 0xffff
  countPacket(hearing.reception, sequence, timestamp, streamSource, nowMs, true)
  if (jitter) putPayload(jitter, streamSource, timestamp, payload, 0, payload.length)
}

function hearSound({ jitter, codec }: Hearing, packet: Buffer, spoken: Codec): void {
  if (!jitter) return
  if (spoken !== codec) {
    const table = tableBetween(spoken, codec)
    for (let at = fields.payloadStart; at < fields.payloadEnd; at++) packet[at] = table[packet[at]!]!
  }
  putPayload(jitter, fields.ssrc, fields.timestamp, packet, fields.payloadStart, fields.payloadEnd)
}

export function hearKey(hearing: Hearing, key: Key, source: KeySource): void {
  hearing.counters[counterAt.keysHeard]!++
  hearing.onKey(key, source, monotonicMs())
}

/** The 20 ms of this tick, in the codec negotiated; the same however often they are asked for within the tick. */
export function frameAt(hearing: Hearing, tick: number): Uint8Array {
  const { current, jitter, tones } = hearing
  if (tick === hearing.currentTick) return current
  hearing.currentTick = tick
  if (!jitter) return current.fill(silenceOf(hearing.codec))
  takeFrame(jitter, current)
  if (tones) {
    const key = keyInFrame(tones, current)
    if (key !== undefined) hearKey(hearing, key, 'tone')
  }
  return current
}
