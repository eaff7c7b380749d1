import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { emptyRtpFields, readRtp, rtpHeaderBytes, writeRtpHeader } from '../../src/media/rtp.ts'
import { writeEventPayload } from '../../src/media/telephone-event.ts'

export type Heard = {
  readonly payloadType: number
  readonly marker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Uint8Array
  readonly atMs: number
}

/** A telephone's RTP socket that knows nothing of how we do it: says bytes, keeps what it hears. */
export type RtpPeer = {
  readonly address: string
  readonly port: number
  readonly heard: Heard[]
  /** Sends one packet of sound, its sequence and timestamp following the last one's. */
  say(to: Target, payload: Uint8Array, payloadType?: number): void
  /** Sends `sound` as 20 ms packets at its pace, `aheadMs` before they are due. */
  sayAll(to: Target, sound: Uint8Array, payloadType?: number): Promise<void>
  /** Presses a key as RFC 4733 has it, all packets at once; `lose` tells which not to send. */
  press(to: Target, event: number, payloadType?: number, lose?: (packet: number) => boolean): void
  send(to: Target, packet: Uint8Array): void
  /** The first packets that fit, waited for. */
  hears(fits: (packet: Heard) => boolean, count?: number): Promise<Heard[]>
  close(): void
}
export type Target = { readonly address: string; readonly port: number }

/**
 * A jitter buffer makes a hole of what comes too late. A timer of a test on a busy machine may be 200 ms late, which no
 * telephone is: what this one says comes early by as much, which a buffer keeps until its time.
 */
export const aheadMs = 240

export async function createRtpPeer(address = '127.0.0.1'): Promise<RtpPeer> {
  const socket = createSocket('udp4')
  socket.bind(0, address)
  await once(socket, 'listening')
  const heard: Heard[] = []
  const waiting = new Set<() => void>()
  const fields = emptyRtpFields()
  let sequence = 65530
  let timestamp = 0xffffff00
  const ssrc = 0x5eed

  socket.on('message', (packet: Buffer, _: RemoteInfo) => {
    if (!readRtp(packet, fields)) return
    const { payloadStart, payloadEnd, ...rest } = fields
    heard.push({ ...rest, payload: packet.subarray(payloadStart, payloadEnd), atMs: performance.now() })
    for (const look of [...waiting]) look()
  })

  const sendRtp = (
    to: Target,
    payload: Uint8Array,
    payloadType: number,
    marker: boolean,
    stamp: number,
  ): void => {
    const packet = new Uint8Array(rtpHeaderBytes + payload.length)
    writeRtpHeader(packet, marker, payloadType, sequence, stamp, ssrc)
    packet.set(payload, rtpHeaderBytes)
    sequence = (sequence + 1) & 0xffff
    socket.send(packet, to.port, to.address)
  }

  const peer: RtpPeer = {
    address,
    port: socket.address().port,
    heard,
    say(to, payload, payloadType = 8) {
      sendRtp(to, payload, payloadType, false, timestamp)
      timestamp = (timestamp + payload.length) >>> 0
    },
    async sayAll(to, sound, payloadType = 8) {
      const startMs = performance.now()
      for (let at = 0; at < sound.length; at += 160) {
        peer.say(to, sound.subarray(at, at + 160), payloadType)
        await delay(Math.max(0, startMs + at / 8 + 20 - aheadMs - performance.now()))
      }
      await delay(Math.max(0, startMs + sound.length / 8 - performance.now()))
    },
    press(to, event, payloadType = 101, lose = () => false) {
      const payload = new Uint8Array(4)
      for (let packet = 0; packet < 8; packet++) {
        writeEventPayload(payload, 0, event, packet > 4, Math.min(packet + 1, 5) * 160)
        if (lose(packet)) sequence = (sequence + 1) & 0xffff
        else sendRtp(to, payload, payloadType, packet === 0, timestamp)
      }
      timestamp = (timestamp + 1600) >>> 0
    },
    send: (to, packet) => socket.send(packet, to.port, to.address),
    hears: (fits, count = 1) =>
      new Promise(resolve => {
        const look = () => {
          const found = heard.filter(fits)
          if (found.length < count) return
          waiting.delete(look)
          resolve(found.slice(0, count))
        }
        waiting.add(look)
        look()
      }),
    close: () => socket.close(),
  }
  return peer
}
