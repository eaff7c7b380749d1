import { newId } from '../../foundation/index.ts'
import { type RtpReception, takeBlock } from '../reception.ts'
import { type Report, readReports, roundTripMsOf, writeReport } from '../rtcp.ts'
import { tickMs } from './pace.ts'

/** RFC 3550, section 6.2: 5 s, each time between half and one and a half of it, so that ends do not fall in step. */
const intervalTicks = 5000 / tickMs

/** The reports of one leg, and what those of the other end told. */
export type Reporting = {
  readonly ssrc: number
  readonly cname: string
  packetsReported: number
  /** Middle 32 bits of the NTP time of the other end's last sender report, and when it came; 0 for none. */
  lastReport: number
  lastReportAtMs: number
  roundTripMs: number | undefined
}

export function createReporting(ssrc: number): Reporting {
  return {
    ssrc,
    cname: newId('leg'),
    packetsReported: 0,
    lastReport: 0,
    lastReportAtMs: 0,
    roundTripMs: undefined,
  }
}

/** The first comes after half the interval (RFC 3550, section 6.2), so that short calls have one, too. */
export function firstReportTick(tick: number): number {
  return tick + intervalTicks / 2
}

export function nextReportTick(tick: number): number {
  return tick + Math.round(intervalTicks * (0.5 + Math.random()))
}

/** @param sent counts of now. */
export function nextReport(
  reporting: Reporting,
  reception: RtpReception,
  sent: Omit<NonNullable<Report['sent']>, 'wallMs'>,
  goodbye: boolean,
): Uint8Array {
  const { ssrc, cname, lastReport, lastReportAtMs } = reporting
  const block = takeBlock(reception)
  const sinceReport = lastReport ? Math.round((performance.now() - lastReportAtMs) * 65.536) : 0
  const hasSent = sent.packets !== reporting.packetsReported
  reporting.packetsReported = sent.packets
  return writeReport({
    ssrc,
    cname,
    goodbye,
    sent: hasSent ? { ...sent, wallMs: wallMs() } : undefined,
    heard: block ? { ...block, lastReport, sinceReport } : undefined,
  })
}

/** Takes what the other end reports. False when the packet is no RTCP. */
export function hearReports(reporting: Reporting, packet: Uint8Array): boolean {
  const read = readReports(packet, reporting.ssrc)
  if (read?.lastReport !== undefined) {
    reporting.lastReport = read.lastReport
    reporting.lastReportAtMs = performance.now()
  }
  if (read?.echo) reporting.roundTripMs = roundTripMsOf(read.echo, wallMs()) ?? reporting.roundTripMs
  return read !== undefined
}

/** Wall time that does not jump: what was true at the start, and what has passed since. */
function wallMs(): number {
  return performance.timeOrigin + performance.now()
}
