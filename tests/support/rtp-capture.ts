/**
 * What a telephone sends in one call, written down as a capture that SIPp plays: one stream of RTP in G.711 A-law,
 * 20 ms a packet, with keys in it as telephone-events (RFC 4733).
 */
import { encode } from '../../src/media/codec.ts'
import { codecOf } from '../../src/media/codecs.ts'
import { eventOfKey } from '../../src/media/keys.ts'
import type { Key } from '../../src/media/port.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../../src/media/rtp.ts'
import { eventPayloadBytes, writeEventPayload } from '../../src/media/telephone-event.ts'

export type Act =
  | { readonly wait: number }
  | { readonly press: Key }
  /** Samples at 8 kHz. */
  | { readonly say: Int16Array }

const frame = 160
const frameMs = 20
/** 100 ms, as a thumb does it; the last packet of a key is sent three times. */
const keyFrames = 5
const pcma = codecOf('PCMA')
const [soundType, eventType] = [8, 101]

export function captureOf(acts: readonly Act[]): Uint8Array {
  const packets: Uint8Array[] = []
  let atFrame = 0
  let sequence = 0
  const send = (payload: Uint8Array, type: number, stampFrame: number, marker = false) => {
    const rtp = new Uint8Array(rtpHeaderBytes + payload.length)
    writeRtpHeader(rtp, marker, type, sequence++, stampFrame * frame, 0x5eed)
    rtp.set(payload, rtpHeaderBytes)
    packets.push(captured(rtp, atFrame * frameMs))
  }
  const say = (samples: Int16Array) => {
    const bytes = new Uint8Array(frame)
    const padded = new Int16Array(frame)
    padded.set(samples)
    encode(pcma, padded, bytes)
    send(bytes, soundType, atFrame)
    atFrame++
  }
  const press = (key: Key) => {
    const began = atFrame
    const event = eventOfKey(key)
    for (let at = 1; at <= keyFrames; at++, atFrame++) {
      const isLast = at === keyFrames
      const payload = new Uint8Array(eventPayloadBytes)
      writeEventPayload(payload, 0, event, isLast, at * frame)
      for (let copy = 0; copy < (isLast ? 3 : 1); copy++) send(payload, eventType, began, at === 1)
    }
  }
  for (const act of acts)
    if ('press' in act) press(act.press)
    else {
      const samples = 'say' in act ? act.say : new Int16Array(act.wait * 8)
      for (let at = 0; at < samples.length; at += frame) say(samples.subarray(at, at + frame))
    }
  return Buffer.concat([fileHeader, ...packets])
}

/** How long it takes, in ms. */
export const durationOfActs = (acts: readonly Act[]) =>
  acts.reduce(
    (sum, act) =>
      sum + ('wait' in act ? act.wait : 'press' in act ? keyFrames * frameMs : Math.ceil(act.say.length / 8)),
    0,
  )

/** Of the format of libpcap: its magic, version 2.4, whole packets, Ethernet. */
const fileHeader = Buffer.alloc(24)
fileHeader.writeUInt32LE(0xa1b2c3d4, 0)
fileHeader.writeUInt16LE(2, 4)
fileHeader.writeUInt16LE(4, 6)
fileHeader.writeUInt32LE(65_535, 16)
fileHeader.writeUInt32LE(1, 20)

/** A packet under UDP, IPv4 and Ethernet; whoever plays it puts in addresses of its own. */
function captured(rtp: Uint8Array, atMs: number): Uint8Array {
  const [ethernet, ip, udp] = [14, 20, 8]
  const bytes = Buffer.alloc(16 + ethernet + ip + udp + rtp.length)
  const length = bytes.length - 16
  bytes.writeUInt32LE(Math.floor(atMs / 1000), 0)
  bytes.writeUInt32LE((atMs % 1000) * 1000, 4)
  bytes.writeUInt32LE(length, 8)
  bytes.writeUInt32LE(length, 12)
  const atIp = 16 + ethernet
  bytes.writeUInt16BE(0x0800, atIp - 2)
  bytes[atIp] = 0x45
  bytes.writeUInt16BE(ip + udp + rtp.length, atIp + 2)
  bytes[atIp + 8] = 64
  bytes[atIp + 9] = 17
  bytes.set([127, 0, 0, 1, 127, 0, 0, 1], atIp + 12)
  const atUdp = atIp + ip
  bytes.writeUInt16BE(20_000, atUdp)
  bytes.writeUInt16BE(20_000, atUdp + 2)
  bytes.writeUInt16BE(udp + rtp.length, atUdp + 4)
  bytes.set(rtp, atUdp + udp)
  return bytes
}
