import { counterAt } from '../figures.ts'
import type { CodecName, Key, KeySource, PortNotices, Remote } from '../port.ts'
import { type Quality, qualityOf } from '../quality.ts'
import { rtpHeaderBytes } from '../rtp.ts'
import { createHearing } from './hearing.ts'
import { tickMs } from './pace.ts'
import type { PortNumber } from './protocol.ts'
import { createReporting } from './reporting.ts'
import { openSockets } from './sockets.ts'
import { createSpeaking, type Source, type Speaking } from './speaking.ts'

/** Is given both sides of every tick: 160 bytes each, valid only during the call. */
export type FrameListener = (codec: CodecName, heard: Uint8Array, said: Uint8Array) => void

/** One port as its worker serves it: what it hears, what it says, and to whom. */
export type Leg = {
  readonly port: PortNumber
  readonly speaking: Speaking
  readonly source: Source
  connect(remote: Remote): void
  /** Hears `other` in place of what it said; undefined parts them again. Asked of both sides by `join`. */
  face(other: Leg | undefined): void
  readonly partner: Leg | undefined
  listen(listener: FrameListener): () => void
  tick(tick: number): void
  quality(): Quality
  close(): Promise<void>
}

export type LegSurroundings = {
  readonly counters: Float64Array
  readonly mediaTimeoutMs: number
  /** A packet woke the thread: whatever is due may be served first. @param nowMs of `performance.now()` */
  readonly wake: (nowMs: number) => void
  readonly onKey: (port: PortNumber, key: Key, source: KeySource, atMs: number) => void
  readonly onLost: (port: PortNumber, reason: PortNotices['lost']['reason']) => void
}

/** Undefined when the sockets' numbers are taken. */
export async function openLeg(
  port: PortNumber,
  address: string,
  rtpPort: number,
  around: LegSurroundings,
): Promise<Leg | undefined> {
  const { counters } = around
  const listeners = new Set<FrameListener>()
  const speaking = createSpeaking()
  let remote: Remote | undefined
  let partner: Leg | undefined
  let packetsSent = 0
  let octetsSent = 0
  let lastTick = 0
  let reportsPort: number | undefined
  let quietSince = 0
  let isLost = false

  const hearing = createHearing(counters, (key, source, atMs) => {
    around.onKey(port, key, source, atMs)
    // Tones reach the other side in the sound itself; events are not in it, and are said to it anew.
    if (source === 'rtp-event') partner?.speaking.sendKey(key)
  })
  const { latch, reception } = hearing
  const reporting = createReporting(speaking.ssrc, reception)

  const sockets = await openSockets(
    address,
    rtpPort,
    (packet, from) => {
      const nowMs = performance.now()
      around.wake(nowMs)
      hearing.packet(packet, from, nowMs)
    },
    (packet, from) => {
      // Reports come from the machine that sound comes from; NATs may give them a port of their own.
      if (!remote || from.address !== latch.address) counters[counterAt.strangersRefused]!++
      else if (!reporting.read(packet)) counters[counterAt.malformedPackets]!++
      else {
        hearing.sign()
        reportsPort = from.port
      }
    },
  )
  if (!sockets) return undefined
  const { rtp, rtcp } = sockets

  const report = (goodbye: boolean) => {
    const timestamp = speaking.timestampAt(lastTick)
    const packet = reporting.write({ packets: packetsSent, octets: octetsSent, timestamp }, goodbye)
    rtcp.send(packet, reportsPort ?? latch.port + 1, latch.address)
  }

  const watch = (tick: number) => {
    if (hearing.isAlive() || !remote?.send) {
      quietSince = tick
      isLost = false
    } else if (!isLost && (tick - quietSince) * tickMs >= around.mediaTimeoutMs) {
      isLost = true
      around.onLost(port, 'media-timeout')
    }
  }

  const source: Source = {
    get codec() {
      return remote?.codec ?? 'PCMA'
    },
    frame: hearing.frame,
  }

  return {
    port,
    speaking,
    source,
    get partner() {
      return partner
    },

    connect(next) {
      remote = next
      reportsPort = undefined
      hearing.connect(next)
      hearing.sign()
      speaking.connect(next)
      partner?.speaking.bridge(source)
    },

    face(other) {
      partner = other
      speaking.bridge(other?.source)
      hearing.want(partner !== undefined || listeners.size > 0)
    },

    listen(listener) {
      listeners.add(listener)
      hearing.want(true)
      return () => {
        listeners.delete(listener)
        hearing.want(partner !== undefined || listeners.size > 0)
      }
    },

    tick(tick) {
      if (!remote) return
      const heard = hearing.isHeld ? hearing.frame(tick) : undefined
      const packet = speaking.packet(tick)
      if (packet) {
        rtp.send(packet, latch.port, latch.address)
        packetsSent++
        octetsSent += packet.length - rtpHeaderBytes
        counters[counterAt.packetsSent]!++
      }
      if (heard) for (const listener of listeners) listener(remote.codec, heard, speaking.said)
      speaking.sent()
      watch(tick)
      lastTick = tick
      if (reporting.isDue(tick)) report(false)
    },

    quality: () => qualityOf(packetsSent, reception.totals(), reporting.roundTripMs),
    async close() {
      if (packetsSent > 0) report(true)
      await sockets.close()
    },
  }
}

/** Lets two legs hear each other, whatever they were doing before. */
export function join(one: Leg, other: Leg): void {
  for (const leg of [one, other]) {
    part(leg)
    leg.speaking.stopPlay('stopped')
  }
  one.face(other)
  other.face(one)
}

/** Ends the bridge that this leg is in, if any, for both. */
export function part(leg: Leg): void {
  leg.partner?.face(undefined)
  leg.face(undefined)
}
