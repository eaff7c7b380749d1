import { packets } from 'rtp.js'
import type { ReceptionBlock } from './reception.ts'

const {
  ByePacket,
  CompoundPacket,
  ReceiverReportPacket,
  ReceptionReport,
  SdesChunk,
  SdesPacket,
  SenderReportPacket,
} = packets

/** What one end says to the other every few seconds (RFC 3550, section 6.4). */
export type Report = {
  readonly ssrc: number
  /** Names the same end through changes of SSRC; no name of a person or a machine. */
  readonly cname: string
  /** Present when something was sent since the report before: a sender report, else a receiver report. */
  readonly sent?: {
    readonly packets: number
    readonly octets: number
    /** RTP timestamp of now. */
    readonly timestamp: number
    /** Wall time of now in ms since 1970. */
    readonly wallMs: number
  }
  readonly heard?: ReceptionBlock & EchoOfReport
  readonly goodbye: boolean
}

/** By which the other end finds the round trip: when its last sender report said it was written, and how long ago it came. */
export type EchoOfReport = {
  /** Middle 32 bits of its NTP time; 0 when none came. */
  readonly lastReport: number
  /** In 1/65536 s. */
  readonly sinceReport: number
}

/** What we take from the other end's reports. */
export type ReportsRead = {
  /** Middle 32 bits of the NTP time of its sender report, to be echoed. */
  readonly lastReport?: number
  /** What it echoes of ours. */
  readonly echo?: EchoOfReport
}

export function writeReport(report: Report): Uint8Array {
  const compound = new CompoundPacket()
  const head = report.sent ? senderReport(report.sent) : new ReceiverReportPacket()
  head.setSsrc(report.ssrc)
  if (report.heard) head.addReport(receptionReport(report.heard))
  compound.addPacket(head)
  const description = new SdesPacket()
  const chunk = new SdesChunk()
  chunk.setSsrc(report.ssrc)
  chunk.addItem(cnameItem, report.cname)
  description.addChunk(chunk)
  compound.addPacket(description)
  if (report.goodbye) {
    const bye = new ByePacket()
    bye.addSsrc(report.ssrc)
    compound.addPacket(bye)
  }
  const bytes = new Uint8Array(compound.getByteLength())
  compound.serialize(bytes.buffer)
  return bytes
}

/** @returns undefined when this is no RTCP packet. @param ssrc ours: what is echoed to others is not for us. */
export function readReports(packet: Uint8Array, ssrc: number): ReportsRead | undefined {
  let read: ReportsRead = {}
  try {
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
    for (const part of new CompoundPacket(view).getPackets()) {
      if (part instanceof SenderReportPacket)
        read = { ...read, lastReport: middle(part.getNtpSeconds(), part.getNtpFraction()) }
      if (!(part instanceof SenderReportPacket || part instanceof ReceiverReportPacket)) continue
      const ours = part.getReports().find(block => block.getSsrc() === ssrc)
      const lastReport = ours?.getLastSRTimestamp()
      if (ours && lastReport)
        read = { ...read, echo: { lastReport, sinceReport: ours.getDelaySinceLastSR() } }
    }
    return read
  } catch {
    return undefined
  }
}

/** Round trip in ms, from the echo that came at `wallMs` (RFC 3550, section 6.4.1); undefined when it makes no sense. */
export function roundTripMsOf({ lastReport, sinceReport }: EchoOfReport, wallMs: number): number | undefined {
  const { seconds, fraction } = ntpOf(wallMs)
  const units = (middle(seconds, fraction) - lastReport - sinceReport) | 0
  return units < 0 ? undefined : (units * 1000) / 65536
}

/** RFC 3550, section 12.2. */
const cnameItem = 1
/** From 1900, where NTP begins, to 1970. */
const ntpToUnixSeconds = 2_208_988_800

function senderReport(sent: NonNullable<Report['sent']>) {
  const { seconds, fraction } = ntpOf(sent.wallMs)
  const report = new SenderReportPacket()
  report.setNtpSeconds(seconds)
  report.setNtpFraction(fraction)
  report.setRtpTimestamp(sent.timestamp)
  report.setPacketCount(sent.packets)
  report.setOctetCount(sent.octets)
  return report
}

function receptionReport(heard: NonNullable<Report['heard']>) {
  const block = new ReceptionReport()
  block.setSsrc(heard.ssrc)
  block.setFractionLost(heard.fractionLost)
  block.setTotalLost(heard.totalLost)
  block.setHighestSeqNumber(heard.highestSequence)
  block.setJitter(heard.jitter)
  block.setLastSRTimestamp(heard.lastReport)
  block.setDelaySinceLastSR(heard.sinceReport)
  return block
}

function ntpOf(wallMs: number): { seconds: number; fraction: number } {
  const seconds = Math.floor(wallMs / 1000)
  return {
    seconds: (seconds + ntpToUnixSeconds) >>> 0,
    fraction: Math.floor((wallMs / 1000 - seconds) * 2 ** 32),
  }
}

function middle(seconds: number, fraction: number): number {
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0
}
