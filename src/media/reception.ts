/** What is counted of the packets of one other end, over changes of its source, as RFC 3550 appendix A does it. */
export type Reception = {
  /** @param timed false for packets whose timestamp says nothing about when they were sent: telephone-events. */
  receive(sequence: number, timestamp: number, ssrc: number, arrivalMs: number, timed: boolean): void
  /** Counts since the beginning. */
  totals(): ReceptionTotals
  /** The reception report block of now (section 6.4.1), its fraction counted from the block before; none without a source. */
  block(): ReceptionBlock | undefined
}

export type ReceptionTotals = {
  readonly received: number
  readonly lost: number
  readonly jitterMs: number
}

export type ReceptionBlock = {
  readonly ssrc: number
  /** Of 256, lost since the last block. */
  readonly fractionLost: number
  readonly totalLost: number
  readonly highestSequence: number
  /** In samples. */
  readonly jitter: number
}

const samplesPerMs = 8
/** A jump ahead larger than this, or back by more than the second, is a sender that began anew (RFC 3550, A.1). */
const maxDropout = 3000
const maxMisorder = 100

export function createReception(): Reception {
  let source: number | undefined
  let first = 0
  let highest = 0
  let received = 0
  let suspect = -1
  let pastReceived = 0
  let pastLost = 0
  let jitter = 0
  let transit: number | undefined
  let blockExpected = 0
  let blockReceived = 0

  const expected = () => (source === undefined ? 0 : highest - first + 1)
  const lost = () => Math.max(0, expected() - received)

  const begin = (ssrc: number, sequence: number) => {
    pastReceived += received
    pastLost += lost()
    source = ssrc
    first = sequence
    highest = sequence
    received = 0
    suspect = -1
    transit = undefined
    blockExpected = 0
    blockReceived = 0
  }

  return {
    receive(sequence, timestamp, ssrc, arrivalMs, timed) {
      if (ssrc !== source) begin(ssrc, sequence)
      const ahead = (sequence - highest) & 0xffff
      if (ahead < maxDropout) highest += ahead
      else if (ahead <= 0x10000 - maxMisorder) {
        if (sequence !== suspect) {
          suspect = (sequence + 1) & 0xffff
          return
        }
        begin(ssrc, sequence)
      }
      received++
      if (!timed) return
      const arrival = arrivalMs * samplesPerMs
      const now = arrival - timestamp
      if (transit !== undefined) jitter += (Math.abs(now - transit) - jitter) / 16
      transit = now
    },

    totals: () => ({
      received: pastReceived + received,
      lost: pastLost + lost(),
      jitterMs: jitter / samplesPerMs,
    }),

    block() {
      if (source === undefined) return undefined
      const expectedSince = expected() - blockExpected
      const lostSince = expectedSince - (received - blockReceived)
      blockExpected = expected()
      blockReceived = received
      return {
        ssrc: source,
        fractionLost: expectedSince > 0 && lostSince > 0 ? Math.floor((lostSince * 256) / expectedSince) : 0,
        totalLost: Math.min(lost(), 0x7fffff),
        highestSequence: highest >>> 0,
        jitter: Math.floor(jitter),
      }
    },
  }
}
