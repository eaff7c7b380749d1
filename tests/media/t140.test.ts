import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyRtpFields, readRtp } from '../../src/media/rtp.ts'
import {
  createTextHearing,
  createTextSending,
  hearText,
  lostMark,
  type TextPayloads,
  textPacket,
} from '../../src/media/t140.ts'

const payloads: TextPayloads = { t140: 98, red: 100 }
// SSRC 0x01020304, first timestamp 0, first sequence number 0xffff.
const sending = () => createTextSending(Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 0, 0xff, 0xff))

const hear = (
  hearing: ReturnType<typeof createTextHearing>,
  packet: Uint8Array,
  known: TextPayloads = payloads,
) => {
  const fields = emptyRtpFields()
  return readRtp(packet, fields) ? hearText(hearing, known, fields, packet) : undefined
}

describe('packets of text (RFC 4103)', () => {
  it('are written as the RFC draws them', () => {
    const from = sending()
    const packets = [
      textPacket(from, payloads, '我', 1000),
      textPacket(from, payloads, 'Hi', 1300),
      textPacket(from, payloads, '', 1600),
      textPacket(from, payloads, '', 1900),
      textPacket(from, payloads, '', 2200),
    ]
    const header = (marker: 0 | 0x80, sequence: readonly number[], timestamp: readonly number[]) => [
      ...[0x80, marker | 100, ...sequence, ...timestamp],
      ...[1, 2, 3, 4],
    ]
    expect(packets.map(packet => packet && [...packet])).toEqual([
      [
        ...header(0x80, [0xff, 0xff], [0, 0, 3, 0xe8]),
        98, // F=0: the primary
        ...[0xe6, 0x88, 0x91], // 我
      ],
      [
        ...header(0, [0, 0], [0, 0, 5, 0x14]),
        ...[0x80 | 98, 300 >> 6, (300 & 0x3f) << 2, 3], // R1: 300 ms ago, 3 bytes
        98,
        ...[0xe6, 0x88, 0x91],
        ...[0x48, 0x69],
      ],
      [
        ...header(0, [0, 1], [0, 0, 6, 0x40]),
        ...[0x80 | 98, 600 >> 6, (600 & 0x3f) << 2, 3], // R2: 600 ms ago
        ...[0x80 | 98, 300 >> 6, (300 & 0x3f) << 2, 2], // R1: 300 ms ago
        98,
        ...[0xe6, 0x88, 0x91],
        ...[0x48, 0x69],
      ],
      [
        ...header(0, [0, 2], [0, 0, 7, 0x6c]),
        ...[0x80 | 98, 600 >> 6, (600 & 0x3f) << 2, 2],
        ...[0x80 | 98, 300 >> 6, (300 & 0x3f) << 2, 0], // An empty block is said again, too.
        98,
        ...[0x48, 0x69],
      ],
      undefined, // Everything was said three times.
    ])
    expect(textPacket(from, payloads, '!', 60_000)?.[1]).toBe(0x80 | 100)
  })

  it('carry text alone to an end that takes no redundancy', () => {
    const packet = textPacket(sending(), { t140: 98 }, '好', 0) ?? new Uint8Array()
    expect([...packet.subarray(1, 2), ...packet.subarray(12)]).toEqual([0x80 | 98, 0xe5, 0xa5, 0xbd])
    expect(hear(createTextHearing(), packet, { t140: 98 })).toBe('好')
  })

  it('are no other payload, and none that is broken', () => {
    const whole = textPacket(sending(), payloads, '我', 0) ?? new Uint8Array()
    expect(hear(createTextHearing(), whole, { t140: 96, red: 97 })).toBeUndefined()
    const from = sending()
    textPacket(from, payloads, 'abc', 0)
    const second = textPacket(from, payloads, 'd', 300) ?? new Uint8Array()
    for (let length = 12; length < second.length - 1; length++)
      expect(hear(createTextHearing(), second.subarray(0, length)) ?? '').not.toContain('d')
  })
})

const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9 }), {
  minLength: 1,
  maxLength: 30,
})
/** Every text in a packet of its own, and what is said again after the last. */
const packetsOf = (lines: readonly string[]) => {
  const from = sending()
  return [...lines, '', '', ''].flatMap((text, at) => {
    const packet = textPacket(from, payloads, text, at * 300)
    return packet ? [packet] : []
  })
}

it('brings every letter once and in order, whatever is lost but three in a row, doubled or late', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }), (lines, fates) => {
      const hearing = createTextHearing()
      let lostInARow = 0
      const arriving = packetsOf(lines).flatMap((packet, at) => {
        const fate = at === 0 ? 5 : fates[at % Math.max(1, fates.length)]
        lostInARow = fate === 0 && lostInARow < 2 ? lostInARow + 1 : 0
        if (lostInARow > 0) return []
        return fate === 1 ? [packet, packet] : [packet]
      })
      // A pair of neighbours may change places.
      for (let at = 1; at + 1 < arriving.length; at += 2)
        if (fates[at] === 2)
          [arriving[at], arriving[at + 1]] = [
            arriving[at + 1] ?? new Uint8Array(),
            arriving[at] ?? new Uint8Array(),
          ]
      const read = arriving.map(packet => hear(hearing, packet) ?? '').join('')
      const said = lines.join('')
      // What was lost altogether is marked; nothing comes twice, nothing out of order.
      if (hearing.lost === 0) expect(read).toBe(said)
      else expect(read.split(lostMark).length).toBeGreaterThan(1)
    }),
  )
})

it('marks text of which nothing came, once, and goes on', () => {
  const hearing = createTextHearing()
  const packets = packetsOf(['a', 'b', 'c', 'd', 'e', 'f'])
  const came = [0, 4, 5, 6, 7].map(at => hear(hearing, packets[at] ?? new Uint8Array()))
  expect(came.join('')).toBe(`a${lostMark}cdef`)
  expect(hearing.lost).toBe(1)
})
