import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyRtpFields, readRtp, writeRtpHeader } from '../../src/media/rtp.ts'

const plain = [
  0x80, // version 2, no padding, no extension, no contributing sources
  0x88, // marker, payload type 8 (PCMA)
  0xff,
  0xfe, // sequence number 65534
  0x00,
  0x00,
  0x03,
  0x20, // timestamp 800
  0xde,
  0xad,
  0xbe,
  0xef, // SSRC
  0xd5,
  0x55, // payload
]

it('reads a plain packet', () => {
  const fields = emptyRtpFields()
  expect(readRtp(Uint8Array.from(plain), fields)).toBe(true)
  expect(fields).toEqual({
    marker: true,
    payloadType: 8,
    sequence: 65534,
    timestamp: 800,
    ssrc: 0xdeadbeef,
    payloadStart: 12,
    payloadEnd: 14,
  })
})

it('steps over contributing sources, an extension and padding', () => {
  const fields = emptyRtpFields()
  const packet = Uint8Array.from([
    0xb1, // version 2, padding, extension, one contributing source
    0x00, // payload type 0 (PCMU)
    0x00,
    0x01, // sequence number 1
    0x00,
    0x00,
    0x00,
    0xa0, // timestamp 160
    0x00,
    0x00,
    0x00,
    0x07, // SSRC 7
    0x00,
    0x00,
    0x00,
    0x09, // contributing source 9
    0xbe,
    0xde, // extension of that profile
    0x00,
    0x01, // one word long
    0x10,
    0xff,
    0x00,
    0x00, // its word
    0x7f,
    0x7e, // payload
    0x00,
    0x02, // padding of two bytes
  ])
  expect(readRtp(packet, fields)).toBe(true)
  expect(fields).toMatchObject({ payloadType: 0, ssrc: 7, payloadStart: 24, payloadEnd: 26 })
})

it.each([
  ['a packet that is too short', plain.slice(0, 11)],
  ['another version', [0x40, ...plain.slice(1)]],
  ['more contributing sources than there are bytes', [0x8f, ...plain.slice(1)]],
  ['an extension that is not there', [0x90, ...plain.slice(1)]],
  ['more padding than payload', [0xa0, ...plain.slice(1, 12), 0x00, 0x09]],
  ['padding of no bytes', [0xa0, ...plain.slice(1, 12), 0x00, 0x00]],
])('refuses %s', (_, bytes) => {
  expect(readRtp(Uint8Array.from(bytes), emptyRtpFields())).toBe(false)
})

it('reads what it wrote', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.nat(127),
      fc.nat(0xffff),
      fc.nat(0xffffffff),
      fc.nat(0xffffffff),
      fc.nat(400),
      (marker, payloadType, sequence, timestamp, ssrc, length) => {
        const packet = new Uint8Array(12 + length)
        writeRtpHeader(packet, marker, payloadType, sequence, timestamp, ssrc)
        const fields = emptyRtpFields()
        expect(readRtp(packet, fields)).toBe(true)
        expect(fields).toEqual({
          marker,
          payloadType,
          sequence,
          timestamp,
          ssrc,
          payloadStart: 12,
          payloadEnd: 12 + length,
        })
      },
    ),
  )
})

it('never reads beyond a packet of random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
      const fields = emptyRtpFields()
      if (!readRtp(bytes, fields)) return
      expect(fields.payloadStart).toBeLessThanOrEqual(fields.payloadEnd)
      expect(fields.payloadEnd).toBeLessThanOrEqual(bytes.length)
    }),
  )
})
