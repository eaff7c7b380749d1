import { opinionScore, plainG711, rating } from './g107.ts'
import type { ReceptionTotals } from './reception.ts'

/** How one leg's audio was, as RFC 3550 counts it. */
export type Quality = {
  readonly packetsReceived: number
  readonly packetsSent: number
  /** Packets that never came, of those expected (RFC 3550, A.3). */
  readonly packetsLost: number
  /** Interarrival jitter in ms (RFC 3550, A.8). */
  readonly jitterMs: number
  /** Round-trip time in ms from RTCP, when the other end reports. */
  readonly roundTripMs?: number
  /** Mean opinion score, 1 to 4.5, estimated by the E-model (ITU-T G.107). */
  readonly mos: number
}

const frameMs = 20

/**
 * @param roundTripMs of the network; unknown counts as none, so the estimate then is of what was lost alone.
 */
export function qualityOf(
  packetsSent: number,
  reception: ReceptionTotals,
  roundTripMs: number | undefined,
): Quality {
  const impairment = {
    // One way through the net, a frame to fill, and a jitter buffer that holds twice the jitter.
    delayMs: (roundTripMs ?? 0) / 2 + frameMs + 2 * reception.jitterMs,
    // Who heard nothing at all had no call.
    loss: reception.received === 0 ? 1 : reception.lost / (reception.received + reception.lost),
    ...plainG711,
  }
  return {
    packetsReceived: reception.received,
    packetsSent,
    packetsLost: reception.lost,
    jitterMs: reception.jitterMs,
    roundTripMs,
    mos: opinionScore(rating(impairment)),
  }
}
