/** Telephones as small as can be, for benches: many in one process. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../src/foundation/index.ts'
import { rtpHeaderBytes, writeRtpHeader } from '../../src/media/rtp.ts'
import { writeEventPayload } from '../../src/media/telephone-event.ts'
import { headerOf, readSip, type SipText, sdpOf, statusOf, writeSip } from '../support/sip-message.ts'

const eventType = 101

export type Caller = {
  /** From the INVITE to its 200. */
  readonly answeredAfterMs: number
  /** Sends every packet of the key at once; when the last one went. */
  pressZero(): number
  /** Notes the distances between packets, in ms, until what it gives is called. */
  listen(): () => readonly number[]
  /** The next 20 ms: silence when absent. */
  sendAudio(payload?: Uint8Array): void
  hangup(): void
  close(): void
}

/** How often an INVITE that nobody said a word to is sent again, in ms (RFC 3261, section 17.1.1.2). */
const againAfterMs = [500, 1500, 3500, 7500, 15_500]

/**
 * A telephone as small as can be: one INVITE, its ACK, sound and one key.
 * @throws Error with the status that it was refused with, or where nobody answered within 32 s
 */
export async function ring(
  sip: number,
  at: number,
  streams: readonly string[] = [],
  onAnswer: (sdp: string) => void = () => undefined,
): Promise<Caller> {
  const signalling = await openSocket()
  const sound = await openSocket()
  const uri = `sip:12345@127.0.0.1:${sip}`
  const here = `127.0.0.1:${signalling.address().port}`
  const headers = (method: string, number: number, to: string) =>
    [
      ['Via', `SIP/2.0/UDP ${here};rport;branch=z9hG4bK${at}${method}`],
      ['From', `<sip:1380013${String(at).padStart(4, '0')}@127.0.0.1>;tag=${at}`],
      ...[['To', to] as const, ['Call-ID', `bench-${at}`] as const],
      ...[['CSeq', `${number} ${method}`] as const, ['Contact', `<sip:c@${here}>`] as const],
      ['Max-Forwards', '70'],
    ] as const
  const send = (text: string) => signalling.send(text, sip, '127.0.0.1')
  const type = [['Content-Type', 'application/sdp']] as const
  const invite = writeSip(
    `INVITE ${uri} SIP/2.0`,
    [...headers('INVITE', 1, `<${uri}>`), ...type],
    sdpOf(sound.address().port) + streams.map(line => `${line}\r\n`).join(''),
  )
  const timers: NodeJS.Timeout[] = []
  const answered = new Promise<SipText>((resolve, reject) => {
    signalling.on('message', bytes => {
      const message = readSip(bytes.toString())
      const status = statusOf(message)
      if (status === 0 || !headerOf(message, 'cseq').endsWith('INVITE')) return
      for (const timer of timers) clearTimeout(timer)
      if (status === 200) resolve(message)
      else if (status > 200) reject(new Error(String(status)))
    })
    for (const ms of againAfterMs) timers.push(setTimeout(() => send(invite), ms))
    timers.push(setTimeout(() => reject(new Error('nobody answered')), 32_000))
  })
  send(invite)
  const sentMs = monotonicMs()
  const answer = await answered.catch((error: unknown) => {
    signalling.close()
    sound.close()
    throw error
  })
  const answeredAfterMs = monotonicMs() - sentMs
  onAnswer(answer.body)
  const to = headerOf(answer, 'to')
  const target = /<([^>]+)>/.exec(headerOf(answer, 'contact'))?.[1] ?? uri
  send(writeSip(`ACK ${target} SIP/2.0`, headers('ACK', 1, to)))
  const rtpPort = Number(/m=audio (\d+)/.exec(answer.body)?.[1])

  let sequence = 0
  let timestamp = 0
  const packet = Buffer.alloc(rtpHeaderBytes + 160, 0xd5)
  const keyPacket = Buffer.alloc(rtpHeaderBytes + 4)
  const sendPacket = (bytes: Buffer, payloadType: number, marker: boolean) => {
    writeRtpHeader(bytes, marker, payloadType, sequence++ & 0xffff, timestamp, at + 1)
    sound.send(bytes, rtpPort, '127.0.0.1')
  }
  return {
    answeredAfterMs,
    listen() {
      const distances: number[] = []
      let lastMs: number | undefined
      const note = () => {
        const nowMs = monotonicMs()
        if (lastMs !== undefined) distances.push(nowMs - lastMs)
        lastMs = nowMs
      }
      sound.on('message', note)
      return () => {
        sound.off('message', note)
        return distances
      }
    },
    sendAudio(payload) {
      timestamp += 160
      if (payload) packet.set(payload, rtpHeaderBytes)
      else packet.fill(0xd5, rtpHeaderBytes)
      sendPacket(packet, 8, false)
    },
    pressZero() {
      for (const [duration, isEnd] of [
        [160, false],
        [320, false],
        [480, true],
        [480, true],
        [480, true],
      ] as const) {
        writeEventPayload(keyPacket, rtpHeaderBytes, 0, isEnd, duration)
        sendPacket(keyPacket, eventType, duration === 160)
      }
      return monotonicMs()
    },
    hangup: () => send(writeSip(`BYE ${target} SIP/2.0`, headers('BYE', 2, to))),
    close() {
      signalling.close()
      sound.close()
    },
  }
}

/** Fifty packets a second for everyone, a tenth of them every 2 ms. @param say what one says now instead of silence */
export async function talk(
  callers: readonly Caller[],
  goesOn: () => boolean,
  say: (caller: number) => Uint8Array | undefined = () => undefined,
): Promise<void> {
  const share = Math.ceil(callers.length / 10)
  for (let slot = 0, dueMs = monotonicMs(); goesOn(); slot = (slot + 1) % 10, dueMs += 2) {
    for (let at = slot * share; at < Math.min(callers.length, (slot + 1) * share); at++)
      callers[at]?.sendAudio(say(at))
    const restMs = dueMs - monotonicMs()
    await delay(Math.max(0, restMs))
  }
}

export async function openSocket(): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return socket
}
