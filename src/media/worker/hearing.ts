import type { RemoteInfo } from 'node:dgram'
import { monotonicMs } from '../../foundation/index.ts'
import { type Codec, silenceOf, tableBetween } from '../codec.ts'
import { codecOf, codecOfPayload } from '../codecs.ts'
import { counterAt } from '../figures.ts'
import { createJitterBuffer, type JitterBuffer, putPayload, takeFrame } from '../jitter.ts'
import { admits, createLatch, doubt, expectSource, type Latch } from '../latch.ts'
import type { Key, KeySource, Remote } from '../port.ts'
import { beginsPress, createKeyMemory, type KeyMemory, keyIn } from '../presses.ts'
import { countPacket, createReception, type RtpReception } from '../reception.ts'
import { emptyRtpFields, readRtp } from '../rtp.ts'
import { eventPayloadBytes } from '../telephone-event.ts'
import { createToneHearing, keyInPacket, type ToneHearing } from '../tones.ts'

const frameSamples = 160
/** What comes in messages comes from one source. */
const streamSource = 0
/** How often it is told that a key is still down: more often than a press told in two ways may be apart. */
const heldEveryMs = 200

export type KeyEars = {
  readonly onKey: (key: Key, source: KeySource, atMs: number) => void
  /** The key heard last is still down. */
  readonly onHeld: (key: Key, source: KeySource, atMs: number) => void
}

/** What comes in on one port: from whom, how well, which keys, and, while somebody wants it, the sound in order. */
export type KeyHearing = {
  readonly counters: Float64Array
  readonly ears: KeyEars
  readonly latch: Latch
  readonly reception: RtpReception
  /** From the first key that is named. */
  keyMemory: KeyMemory | undefined
  readonly current: Uint8Array
  currentTick: number
  codec: Codec
  isConnected: boolean
  /** From the other codec, once somebody speaks it although this one was negotiated. */
  table: Uint8Array | undefined
  /** Payload type of the codec, where it has another than its own. */
  payloadType: number | undefined
  eventPayloadType: number | undefined
  ownEventPayloadType: number | undefined
  /** The other end names its keys: in messages, or in events, as its first one has proved. */
  namesKeys: boolean
  readonly isStream: boolean
  /**
   * Keys are looked for in the sound until the other end names one: many phones, and gateways behind which telephones
   * are, send tones although they negotiated events.
   */
  tones: ToneHearing | undefined
  heldToldMs: number
  /** Sound is held only for those who listen, or once did: a bridge, a tap, a recording. */
  jitter: JitterBuffer | undefined
  isWanted: boolean
  /** Something came since this was set to false. */
  isAlive: boolean
}

export function createHearing(counters: Float64Array, ears: KeyEars, isStream: boolean): KeyHearing {
  return {
    counters,
    ears,
    latch: createLatch(),
    reception: createReception(),
    keyMemory: undefined,
    current: new Uint8Array(frameSamples),
    currentTick: -1,
    codec: codecOf('PCMA'),
    isConnected: false,
    table: undefined,
    payloadType: undefined,
    eventPayloadType: undefined,
    ownEventPayloadType: undefined,
    namesKeys: isStream,
    isStream,
    tones: undefined,
    heldToldMs: 0,
    jitter: undefined,
    isWanted: false,
    isAlive: false,
  }
}

/** @returns whether it is another end than before. */
export function hearFrom(hearing: KeyHearing, remote: Remote): boolean {
  const codec = codecOf(remote.codec)
  if (codec !== hearing.codec) {
    hearing.jitter = undefined
    hearing.tones = undefined
    hearing.table = undefined
  }
  hearing.codec = codec
  hearing.isConnected = true
  hearing.isAlive = true
  hearing.payloadType = remote.payloadType
  hearing.eventPayloadType = remote.eventPayloadType
  hearing.ownEventPayloadType = remote.ownEventPayloadType
  const isAnother = expectSource(hearing.latch, remote.address, remote.port, remote.signalsFrom)
  if (remote.isStranger && remote.address !== remote.signalsFrom) doubt(hearing.latch)
  if (isAnother) hearing.namesKeys = hearing.isStream
  hold(hearing)
  return isAnother
}

/**
 * Somebody listens. Until somebody first does, sound is not even copied; from then on it is held in order, so that who was
 * on hold is heard within 20 ms, and not a packet and a frame in hand later (62 ms at p95).
 */
export function wantSound(hearing: KeyHearing): void {
  hearing.isWanted = true
  hold(hearing)
}

function hold(hearing: KeyHearing): void {
  if (hearing.isConnected && hearing.isWanted) hearing.jitter ??= createJitterBuffer(hearing.codec)
}

/** Filled by each packet anew: one thread reads one packet at a time. */
const fields = emptyRtpFields()

/** A packet on the RTP socket. @param nowMs on the scale of `performance.now()`. */
export function hearPacket(hearing: KeyHearing, packet: Buffer, from: RemoteInfo, nowMs: number): void {
  const { counters, latch } = hearing
  if (!hearing.isConnected) return
  if (!readRtp(packet, fields)) {
    counters[counterAt.malformedPackets]!++
    return
  }
  const { payloadType } = fields
  const isEvent = payloadType === hearing.eventPayloadType || payloadType === hearing.ownEventPayloadType
  const spoken = isEvent ? undefined : codecAt(hearing, payloadType)
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
  else if (isEvent && fields.payloadEnd - fields.payloadStart >= eventPayloadBytes)
    hearEvent(hearing, packet, nowMs)
}

const codecAt = ({ payloadType, codec }: KeyHearing, type: number) =>
  type === payloadType ? codec : codecOfPayload(type)

function hearEvent(hearing: KeyHearing, packet: Buffer, nowMs: number): void {
  const key = keyIn(packet, fields)
  if (key === undefined) return
  hearing.keyMemory ??= createKeyMemory()
  if (!beginsPress(hearing.keyMemory, fields, packet, nowMs)) {
    hearHeld(hearing, key, 'rtp-event')
    return
  }
  hearing.namesKeys = true
  hearing.tones = undefined
  hearKey(hearing, key, 'rtp-event')
}

/** Sound that came in a message. @param nowMs on the scale of `performance.now()`. */
export function hearPayload(
  hearing: KeyHearing,
  payload: Uint8Array,
  timestamp: number,
  nowMs: number,
): void {
  const { counters, jitter } = hearing
  if (!hearing.isConnected) return
  counters[counterAt.packetsReceived]!++
  hearing.isAlive = true
  // Frames are counted in the place of packets: one that the other end left out is a gap in its time.
  const sequence = Math.floor(timestamp / frameSamples) & 0xffff
  countPacket(hearing.reception, sequence, timestamp, streamSource, nowMs, true)
  if (jitter) putPayload(jitter, streamSource, sequence, timestamp, payload, 0, payload.length)
}

function hearSound(hearing: KeyHearing, packet: Buffer, spoken: Codec): void {
  const { jitter, codec } = hearing
  if (!hearing.namesKeys) hearing.tones ??= createToneHearing(codec)
  const { tones } = hearing
  if (!jitter && !tones) return
  if (spoken !== codec) {
    // There are two codecs: what is spoken instead of the one is the other.
    hearing.table ??= tableBetween(spoken, codec)
    const { table } = hearing
    for (let at = fields.payloadStart; at < fields.payloadEnd; at++) packet[at] = table[packet[at]!]!
  }
  if (tones) hearTones(hearing, tones, packet)
  if (!jitter) return
  const { ssrc, sequence, timestamp, payloadStart, payloadEnd } = fields
  putPayload(jitter, ssrc, sequence, timestamp, packet, payloadStart, payloadEnd)
}

function hearTones(hearing: KeyHearing, tones: ToneHearing, packet: Buffer): void {
  const key = keyInPacket(tones, fields, packet)
  if (key !== undefined) hearKey(hearing, key, 'tone')
  else if (tones.pressed !== undefined) hearHeld(hearing, tones.pressed, 'tone')
}

export function hearKey(hearing: KeyHearing, key: Key, source: KeySource): void {
  hearing.counters[counterAt.keysHeard]!++
  const nowMs = monotonicMs()
  hearing.heldToldMs = nowMs
  hearing.ears.onKey(key, source, nowMs)
}

function hearHeld(hearing: KeyHearing, key: Key, source: KeySource): void {
  const nowMs = monotonicMs()
  if (nowMs - hearing.heldToldMs < heldEveryMs) return
  hearing.heldToldMs = nowMs
  hearing.ears.onHeld(key, source, nowMs)
}

/** The 20 ms of this tick, in the codec negotiated; the same however often they are asked for within the tick. */
export function frameAt(hearing: KeyHearing, tick: number): Uint8Array {
  const { current, jitter } = hearing
  if (tick === hearing.currentTick) return current
  hearing.currentTick = tick
  if (jitter) takeFrame(jitter, current)
  else current.fill(silenceOf(hearing.codec))
  return current
}
