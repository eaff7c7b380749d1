import { newId } from '../../foundation/index.ts'
import { type Reception, takeBlock } from '../reception.ts'
import { type Report, readReports, roundTripMsOf, writeReport } from '../rtcp.ts'
import { tickMs } from './pace.ts'

/** RFC 3550, section 6.2: 5 s, each time between half and one and a half of it, so that ends do not fall in step. */
const intervalTicks = 5000 / tickMs

/** The reports of one leg: when the next is due, what it says, and what those of the other end tell. */
export type Reporting = {
  isDue(tick: number): boolean
  write(sent: Omit<NonNullable<Report['sent']>, 'wallMs'>, goodbye: boolean): Uint8Array
  /** False when the packet is no RTCP. */
  read(packet: Uint8Array): boolean
  readonly roundTripMs: number | undefined
}

export function createReporting(ssrc: number, reception: Reception): Reporting {
  const cname = newId('leg')
  let dueTick: number | undefined
  let packetsReported = 0
  let lastReport = 0
  let lastReportAtMs = 0
  let roundTripMs: number | undefined
  return {
    isDue(tick) {
      dueTick ??= tick + intervalTicks / 2
      if (tick < dueTick) return false
      dueTick = tick + intervalTicks * (0.5 + Math.random())
      return true
    },

    write(sent, goodbye) {
      const block = takeBlock(reception)
      const sinceReport = lastReport ? Math.round((performance.now() - lastReportAtMs) * 65.536) : 0
      const hasSent = sent.packets !== packetsReported
      packetsReported = sent.packets
      return writeReport({
        ssrc,
        cname,
        goodbye,
        ...(hasSent ? { sent: { ...sent, wallMs: wallMs() } } : {}),
        ...(block ? { heard: { ...block, lastReport, sinceReport } } : {}),
      })
    },

    read(packet) {
      const read = readReports(packet, ssrc)
      if (read?.lastReport !== undefined) {
        lastReport = read.lastReport
        lastReportAtMs = performance.now()
      }
      if (read?.echo) roundTripMs = roundTripMsOf(read.echo, wallMs()) ?? roundTripMs
      return read !== undefined
    },

    get roundTripMs() {
      return roundTripMs
    },
  }
}

/** Wall time that does not jump: what was true at the start, and what has passed since. */
function wallMs(): number {
  return performance.timeOrigin + performance.now()
}
