/** What is counted of the packets of one other end, over changes of its source, as RFC 3550, appendix A, does it. */
export type RtpReception = {
  ssrc: number | undefined
  first: number
  /** Highest sequence number, with its wraps. */
  highest: number
  received: number
  /** The number that would prove that the sender began anew. */
  suspect: number
  receivedBefore: number
  lostBefore: number
  /** In sixteenths of a sample: whole numbers, which V8 keeps within the record. */
  jitter: number
  /** Of the packet before: from its timestamp to its arrival, in samples, from an origin that nobody knows. */
  transit: number | undefined
  expectedAtBlock: number
  receivedAtBlock: number
}

export type ReceptionTotals = {
  readonly received: number
  readonly lost: number
  readonly jitterMs: number
}

/** A reception report block (RFC 3550, section 6.4.1). */
export type ReceptionBlock = {
  readonly ssrc: number
  /** Of 256, lost since the block before. */
  readonly fractionLost: number
  readonly totalLost: number
  readonly highestSequence: number
  /** In samples. */
  readonly jitter: number
}

const samplesPerMs = 8
/** A jump ahead by so much, or back by more than the second, is a sender that began anew (RFC 3550, A.1). */
const maxDropout = 3000
const maxMisorder = 100
/** 24 bits with a sign (RFC 3550, section 6.4.1). */
const mostLost = 0x7fffff

export function createReception(): RtpReception {
  return {
    ssrc: undefined,
    first: 0,
    highest: 0,
    received: 0,
    suspect: -1,
    receivedBefore: 0,
    lostBefore: 0,
    jitter: 0,
    transit: undefined,
    expectedAtBlock: 0,
    receivedAtBlock: 0,
  }
}

/** @param isTimed false for packets whose timestamp does not say when they were sent: telephone-events. */
export function countPacket(
  reception: RtpReception,
  sequence: number,
  timestamp: number,
  ssrc: number,
  arrivalMs: number,
  isTimed: boolean,
): void {
  if (ssrc !== reception.ssrc) begin(reception, ssrc, sequence)
  const ahead = (sequence - reception.highest) & 0xffff
  if (ahead < maxDropout) reception.highest += ahead
  else if (ahead <= 0x10000 - maxMisorder) {
    if (sequence !== reception.suspect) {
      reception.suspect = (sequence + 1) & 0xffff
      return
    }
    begin(reception, ssrc, sequence)
  }
  reception.received++
  if (isTimed) countJitter(reception, (Math.round(arrivalMs * samplesPerMs) - timestamp) | 0)
}

/** Counts since the first packet. */
export function totalsOf(reception: RtpReception): ReceptionTotals {
  return {
    received: reception.receivedBefore + reception.received,
    lost: reception.lostBefore + lostOf(reception),
    jitterMs: reception.jitter / 16 / samplesPerMs,
  }
}

/** The block of now; its fraction is counted from the block taken before. Undefined while there is no source. */
export function takeBlock(reception: RtpReception): ReceptionBlock | undefined {
  const { ssrc, received, highest, jitter } = reception
  if (ssrc === undefined) return undefined
  const expected = expectedOf(reception)
  const expectedSince = expected - reception.expectedAtBlock
  const lostSince = expectedSince - (received - reception.receivedAtBlock)
  reception.expectedAtBlock = expected
  reception.receivedAtBlock = received
  return {
    ssrc,
    fractionLost: expectedSince > 0 && lostSince > 0 ? Math.floor((lostSince * 256) / expectedSince) : 0,
    totalLost: Math.min(lostOf(reception), mostLost),
    highestSequence: highest >>> 0,
    jitter: jitter >> 4,
  }
}

/** RFC 3550, A.8: the mean deviation of the time between sending and arrival, smoothed by 1/16. */
function countJitter(reception: RtpReception, transit: number): void {
  const deviation = Math.abs((transit - (reception.transit ?? transit)) | 0)
  // A change by more than a second is a new beginning of the sender's clock, not jitter.
  if (deviation < 1000 * samplesPerMs) reception.jitter += deviation - ((reception.jitter + 8) >> 4)
  reception.transit = transit
}

function begin(reception: RtpReception, ssrc: number, sequence: number): void {
  reception.receivedBefore += reception.received
  reception.lostBefore += lostOf(reception)
  reception.ssrc = ssrc
  reception.first = sequence
  reception.highest = sequence
  reception.received = 0
  reception.suspect = -1
  reception.transit = undefined
  reception.expectedAtBlock = 0
  reception.receivedAtBlock = 0
}

function expectedOf({ ssrc, first, highest }: RtpReception): number {
  return ssrc === undefined ? 0 : highest - first + 1
}

function lostOf(reception: RtpReception): number {
  return Math.max(0, expectedOf(reception) - reception.received)
}
