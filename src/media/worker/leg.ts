import type { RemoteInfo } from 'node:dgram'
import { counterAt } from '../figures.ts'
import { believe, type Latch, spendPacket } from '../latch.ts'
import type { CodecName, Key, KeySource, PortNotices, Remote } from '../port.ts'
import { type Quality, qualityOf } from '../quality.ts'
import { totalsOf } from '../reception.ts'
import { rtpHeaderBytes } from '../rtp.ts'
import {
  createHearing,
  frameAt,
  hearFrom,
  hearKey,
  hearPacket,
  hearPayload,
  type KeyEars,
  type KeyHearing,
} from './hearing.ts'
import { tickMs } from './pace.ts'
import type { PortNumber } from './protocol.ts'
import {
  createReporting,
  firstReportTick,
  hearReports,
  nextReport,
  nextReportTick,
  type Reporting,
} from './reporting.ts'
import { aim, closeSockets, openSockets, type SocketPair, sendTo, unaim } from './sockets.ts'
import {
  afterSent,
  createSpeaking,
  packetAt,
  repeatFrom,
  type Speaking,
  sayKey,
  speakTo,
  timestampAt,
} from './speaking.ts'

const frameSamples = 160

/**
 * Is given both sides of every tick: 160 bytes each, valid only during the call.
 * @param timestamp samples since the port was connected.
 */
export type FrameListener = (codec: CodecName, heard: Uint8Array, said: Uint8Array, timestamp: number) => void

/**
 * One port as its worker serves it: what it hears, what it says, and to whom. What runs for every packet are functions
 * over records like this one: with closures for every port V8 warms up and compiles each of them anew, which cost
 * more than all the rest (measured at 400 calls).
 */
export type Leg = {
  readonly port: PortNumber
  readonly around: LegSurroundings
  readonly hearing: KeyHearing
  readonly speaking: Speaking
  readonly reporting: Reporting
  readonly listeners: Set<FrameListener>
  /** Open as long as the leg is known to anybody; none where sound comes and goes in messages. */
  sockets: SocketPair | undefined
  readonly isStream: boolean
  remote: Remote | undefined
  /** Its row and its column of who hears whom. */
  hears: readonly Leg[]
  heardBy: readonly Leg[]
  /** Ready to be sent in this tick. */
  packet: Buffer | undefined
  packetsSent: number
  octetsSent: number
  firstTick: number | undefined
  lastTick: number
  /** When the next report is due, once something was sent. */
  reportTick: number | undefined
  quietSince: number
  isLost: boolean
  /** Where the other end's reports come from, once one came. */
  reportsPort: number | undefined
}

export type LegSurroundings = {
  readonly counters: Float64Array
  readonly mediaTimeoutMs: number
  /** A packet woke the thread: whatever is due may be served first. @param nowMs of `performance.now()` */
  readonly wake: (nowMs: number) => void
  readonly onKey: (port: PortNumber, key: Key, source: KeySource, atMs: number) => void
  readonly onHeld: (port: PortNumber, key: Key, source: KeySource, atMs: number) => void
  /** What a leg without a socket says; valid only during the call. */
  readonly onSay: (port: PortNumber, frame: Uint8Array) => void
  readonly onBack: (port: PortNumber) => void
  readonly onLost: (port: PortNumber, reason: PortNotices['lost']['reason']) => void
}

/** Undefined when the sockets' numbers are taken. */
export async function openLeg(
  port: PortNumber,
  socket: { readonly address: string; readonly rtpPort: number } | undefined,
  around: LegSurroundings,
): Promise<Leg | undefined> {
  const ears: KeyEars = {
    onKey(key, source, atMs) {
      around.onKey(port, key, source, atMs)
      // Tones reach the other side in the sound itself; what was named is not in it, and is said to it anew.
      if (source !== 'tone') for (const listener of leg.heardBy) sayKey(listener.speaking, key)
    },
    onHeld: (key, source, atMs) => around.onHeld(port, key, source, atMs),
  }
  const hearing = createHearing(around.counters, ears, socket === undefined)
  const speaking = createSpeaking()
  const leg: Leg = {
    port,
    around,
    hearing,
    speaking,
    reporting: createReporting(speaking.ssrc),
    listeners: new Set(),
    sockets: undefined,
    isStream: socket === undefined,
    remote: undefined,
    hears: [],
    heardBy: [],
    packet: undefined,
    packetsSent: 0,
    octetsSent: 0,
    firstTick: undefined,
    lastTick: 0,
    reportTick: undefined,
    quietSince: 0,
    isLost: false,
    reportsPort: undefined,
  }
  if (!socket) return leg
  leg.sockets = await openSockets(
    socket.address,
    socket.rtpPort,
    hearSound.bind(undefined, leg),
    hearReport.bind(undefined, leg),
  )
  return leg.sockets && leg
}

/** What came in a message, for a leg without a socket. */
export function hearMessage({ hearing, around }: Leg, payload: Uint8Array, timestamp: number): void {
  const nowMs = performance.now()
  around.wake(nowMs)
  hearPayload(hearing, payload, timestamp, nowMs)
}

export function hearNamedKey({ hearing }: Leg, key: Key): void {
  hearKey(hearing, key, 'message')
}

export function connectLeg(leg: Leg, remote: Remote): void {
  leg.remote = remote
  leg.reportsPort = undefined
  // Who describes themselves is there: their silence begins anew.
  leg.hearing.isAlive = true
  const isAnother = hearFrom(leg.hearing, remote)
  if (isAnother && leg.sockets) unaim(leg.sockets)
  speakTo(leg.speaking, remote)
  for (const one of [leg, ...leg.heardBy]) repeatRow(one)
}

/** Says on to this leg what those hear whom it hears. */
export function repeatRow({ speaking, hears }: Leg): void {
  repeatFrom(
    speaking,
    hears.map(({ hearing }) => hearing),
  )
}

/** Serves one tick: hears 20 ms, prepares what is to be said, and looks after the rest. */
export function tickLeg(leg: Leg, tick: number): void {
  const { remote, hearing, speaking } = leg
  if (!remote) return
  const heard = hearing.jitter ? frameAt(hearing, tick) : undefined
  leg.packet = packetAt(speaking, tick)
  leg.firstTick ??= tick
  leg.lastTick = tick
  const timestamp = (tick - leg.firstTick) * frameSamples
  if (heard) for (const listener of leg.listeners) listener(remote.codec, heard, speaking.frame, timestamp)
  watch(leg, tick)
  if (tick >= (leg.reportTick ?? Number.POSITIVE_INFINITY)) {
    leg.reportTick = nextReportTick(tick)
    report(leg, false)
  }
}

/** Sends what `tickLeg` prepared. */
export function sendLeg(leg: Leg): void {
  const { packet, sockets, hearing, speaking, around } = leg
  const isSent = packet !== undefined && (sockets === undefined || spendPacket(hearing.latch))
  if (packet && sockets && isSent) {
    send(sockets, packet, hearing.latch)
    leg.octetsSent += packet.length - rtpHeaderBytes
    leg.reportTick ??= firstReportTick(leg.lastTick)
  } else if (isSent) around.onSay(leg.port, speaking.frame)
  if (isSent) {
    leg.packetsSent++
    around.counters[counterAt.packetsSent]!++
  }
  afterSent(speaking)
}

export function qualityOfLeg({ packetsSent, hearing, reporting }: Leg): Quality {
  return qualityOf(packetsSent, totalsOf(hearing.reception), reporting.roundTripMs)
}

/** Says goodbye (RFC 3550, section 6.6) and closes the sockets. */
export async function closeLeg(leg: Leg): Promise<void> {
  if (leg.packetsSent > 0 && leg.sockets) report(leg, true)
  if (leg.sockets) await closeSockets(leg.sockets)
}

function send({ rtp, isAimed }: SocketPair, packet: Buffer, { port, address }: Latch): void {
  if (isAimed) rtp.send(packet)
  else sendTo(rtp, packet, port, address)
}

/** Whether silence has a good reason, as that of an end that has us on hold, is not known here. */
function watch(leg: Leg, tick: number): void {
  const { hearing, around } = leg
  if (hearing.isAlive) {
    hearing.isAlive = false
    leg.quietSince = tick
    if (leg.isLost) around.onBack(leg.port)
    leg.isLost = false
  } else if (!leg.isLost && quietMs(leg, tick) >= mostQuietMs(leg, tick)) {
    leg.isLost = true
    around.onLost(leg.port, 'media-timeout')
  }
}

const quietMs = ({ quietSince }: Leg, tick: number) => (tick - quietSince) * tickMs

/** Where the one whom they talk to is heard, it is not our own network that is gone. */
function mostQuietMs({ heardBy, remote, around: { mediaTimeoutMs } }: Leg, tick: number): number {
  const { missedAfterMs = mediaTimeoutMs } = remote ?? {}
  if (missedAfterMs >= mediaTimeoutMs) return mediaTimeoutMs
  for (const one of heardBy) if (quietMs(one, tick) < missedAfterMs) return missedAfterMs
  return mediaTimeoutMs
}

function report(leg: Leg, isGoodbye: boolean): void {
  const { speaking, hearing, reporting, lastTick } = leg
  const timestamp = timestampAt(speaking, lastTick)
  const sent = { packets: leg.packetsSent, octets: leg.octetsSent, timestamp }
  const packet = nextReport(reporting, hearing.reception, sent, isGoodbye)
  const { port, address } = hearing.latch
  if (leg.sockets) sendTo(leg.sockets.rtcp, packet, leg.reportsPort ?? port + 1, address)
}

function hearSound(leg: Leg, packet: Buffer, from: RemoteInfo): void {
  const { hearing, around, sockets } = leg
  const nowMs = performance.now()
  around.wake(nowMs)
  if (isReport(packet)) return void takeReport(leg, packet, from)
  hearPacket(hearing, packet, from, nowMs)
  // Only on an end that speaks from where its SDP said: behind a NAT, the first to speak may have been a stranger.
  const { isSettled, port, address } = hearing.latch
  if (isSettled && sockets && !sockets.isAimed) aim(sockets, port, address)
}

/** Reports come from the machine that sound comes from; a NAT may give them a port of their own. */
function hearReport(leg: Leg, packet: Buffer, from: RemoteInfo): void {
  if (takeReport(leg, packet, from)) leg.reportsPort = from.port
}

/** Some send their reports where their sound goes, though nobody agreed on it (RFC 5761, section 4). */
const isReport = (packet: Buffer) => packet.length > 1 && packet[1]! >= 192 && packet[1]! <= 223

function takeReport(leg: Leg, packet: Buffer, from: RemoteInfo): boolean {
  const { hearing, around } = leg
  if (!leg.remote || from.address !== hearing.latch.address) around.counters[counterAt.strangersRefused]!++
  else if (!hearReports(leg.reporting, packet)) around.counters[counterAt.malformedPackets]!++
  else {
    hearing.isAlive = true
    believe(hearing.latch)
    return true
  }
  return false
}
