import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countPacket, createReception, takeBlock, totalsOf } from '../../src/media/reception.ts'
import { carry } from '../support/network.ts'

/** Packets every 20 ms, beginning just before the sequence number wraps. */
const stream = (packets: number, ssrc = 7) =>
  Array.from({ length: packets }, (_, at) => ({
    atMs: at * 20,
    packet: { sequence: (65500 + at) & 0xffff, timestamp: at * 160, ssrc },
  }))

function receive(arrivals: ReturnType<typeof stream>, reception = createReception()) {
  for (const { atMs, packet } of arrivals)
    countPacket(reception, packet.sequence, packet.timestamp, packet.ssrc, atMs, true)
  return reception
}

it('counts every packet of a perfect stream over the wrap, and no jitter', () => {
  expect(totalsOf(receive(stream(200)))).toEqual({ received: 200, lost: 0, jitterMs: 0 })
})

it('counts as lost exactly what the network lost, whatever was reordered', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 0.5, noNaN: true }), (seed, loss) => {
      const sent = stream(500)
      const arrivals = carry(seed, { loss, repeat: 0, delayMs: 40, jitterMs: 60 }, sent)
      const missing = sent.length - arrivals.length
      const { received, lost } = totalsOf(receive([...arrivals]))
      expect(received).toBe(arrivals.length)
      // What is lost before the first or after the last packet that came cannot be known.
      expect(lost).toBeLessThanOrEqual(missing)
      expect(lost).toBeGreaterThanOrEqual(missing - 30)
    }),
  )
})

it('measures jitter as the mean deviation (RFC 3550, A.8)', () => {
  const even = stream(400).map(({ atMs, packet }, at) => ({ atMs: atMs + (at % 2) * 10, packet }))
  expect(Math.abs(totalsOf(receive(even)).jitterMs - 10)).toBeLessThan(0.1)
})

it('reports the share lost since the report before, then none', () => {
  const reception = receive(stream(256).filter((_, at) => at % 4 !== 1))
  expect(takeBlock(reception)).toMatchObject({ ssrc: 7, fractionLost: 64, totalLost: 64 })
  expect(takeBlock(reception)).toMatchObject({ fractionLost: 0, totalLost: 64 })
  expect(takeBlock(createReception())).toBeUndefined()
})

it('goes on counting over a new source and a sender that began anew', () => {
  const reception = receive(stream(100))
  receive(stream(100, 8), reception)
  const restarted = stream(100, 8).map(({ atMs, packet }) => ({
    atMs,
    packet: { ...packet, sequence: (packet.sequence + 20_000) & 0xffff },
  }))
  receive(restarted, reception)
  // The first packet after a jump only makes the jump credible (RFC 3550, A.1).
  expect(totalsOf(reception)).toMatchObject({ received: 299, lost: 0 })
})
