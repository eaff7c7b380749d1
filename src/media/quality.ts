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
