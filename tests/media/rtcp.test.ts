import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Report, readReports, roundTripMsOf, writeReport } from '../../src/media/rtcp.ts'

const heard = {
  ssrc: 0x11223344,
  fractionLost: 64,
  totalLost: 5,
  highestSequence: 0x00010002,
  jitter: 40,
  lastReport: 0xaabbccdd,
  sinceReport: 0x00010000,
}
const report: Report = { ssrc: 0xdeadbeef, cname: 'leg', goodbye: true, heard }

it('writes a receiver report with its name and goodbye as one compound packet', () => {
  expect([...writeReport(report)]).toEqual([
    0x81,
    0xc9,
    0x00,
    0x07, // version 2, one block, receiver report, 8 words
    0xde,
    0xad,
    0xbe,
    0xef, // our SSRC
    0x11,
    0x22,
    0x33,
    0x44, // whom we hear
    0x40,
    0x00,
    0x00,
    0x05, // 64/256 lost since the last report, 5 in all
    0x00,
    0x01,
    0x00,
    0x02, // highest sequence number 2, wrapped once
    0x00,
    0x00,
    0x00,
    0x28, // jitter of 40 samples
    0xaa,
    0xbb,
    0xcc,
    0xdd, // its last sender report
    0x00,
    0x01,
    0x00,
    0x00, // came one second ago
    0x81,
    0xca,
    0x00,
    0x03, // one chunk of description, 4 words
    0xde,
    0xad,
    0xbe,
    0xef, // of us
    0x01,
    0x03,
    0x6c,
    0x65,
    0x67, // CNAME of 3 bytes: leg
    0x00,
    0x00,
    0x00, // end, padded to a word
    0x81,
    0xcb,
    0x00,
    0x01, // goodbye of one source
    0xde,
    0xad,
    0xbe,
    0xef,
  ])
})

it('finds the round trip in the echo of its own report', () => {
  const sentAtMs = Date.UTC(2026, 0, 5)
  const sent = { packets: 50, octets: 8000, timestamp: 160, wallMs: sentAtMs }
  const ours = writeReport({ ssrc: 1, cname: 'a', goodbye: false, sent })
  const { lastReport } = readReports(ours, 2)!
  expect(lastReport).toBeGreaterThan(0)
  // The other end answers 500 ms after it heard us.
  const theirs = { ...heard, ssrc: 1, lastReport: lastReport!, sinceReport: 32768 }
  const { echo } = readReports(writeReport({ ssrc: 2, cname: 'b', goodbye: false, heard: theirs }), 1)!
  expect(roundTripMsOf(echo!, sentAtMs + 620)).toBeCloseTo(120, 0)
  expect(roundTripMsOf(echo!, sentAtMs + 400)).toBeUndefined()
})

it('does not take the echo of another for its own', () => {
  expect(readReports(writeReport(report), 0x55)?.echo).toBeUndefined()
})

it('gives nothing for what is no RTCP, and never throws', () => {
  expect(readReports(new Uint8Array(0), 1)).toBeUndefined()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(3), (bytes, at) => {
      readReports(bytes, 1)
      const spoilt = writeReport(report)
      spoilt.set(bytes.subarray(0, spoilt.length - at), at)
      readReports(spoilt, 1)
    }),
  )
})
