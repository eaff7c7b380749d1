import { expect, it } from 'vitest'
import { admits, believe, createLatch, doubt, expectSource, spendPacket } from '../../src/media/latch.ts'

function latchFor(address: string, port: number) {
  const latch = createLatch()
  expectSource(latch, address, port)
  return latch
}

it('sends to the address of the SDP until somebody speaks', () => {
  expect(latchFor('192.0.2.1', 4000)).toMatchObject({ address: '192.0.2.1', port: 4000, isLatched: false })
})

it('takes the first source of a phone behind a NAT, and nobody after it', () => {
  const latch = latchFor('10.0.0.5', 4000)
  expect(admits(latch, '203.0.113.9', 61000)).toBe(true)
  expect(admits(latch, '198.51.100.66', 61000)).toBe(false)
  expect(admits(latch, '203.0.113.9', 61001)).toBe(false)
  expect(latch).toMatchObject({ address: '203.0.113.9', port: 61000 })
})

it('gives the named address its place back from a stranger who was first', () => {
  const latch = latchFor('10.0.0.5', 4000)
  expect(admits(latch, '198.51.100.66', 9)).toBe(true)
  expect(latch.isSettled).toBe(false)
  expect(admits(latch, '10.0.0.5', 4000)).toBe(true)
  expect(latch.isSettled).toBe(true)
  expect(admits(latch, '198.51.100.66', 9)).toBe(false)
})

it('hears nobody from elsewhere where SDP named an address that the world reaches, but any port of it', () => {
  for (const named of ['192.0.2.1', '127.0.0.1', '2001:db8::1']) {
    const latch = latchFor(named, 4000)
    expect(admits(latch, '198.51.100.66', 4000)).toBe(false)
    expect(admits(latch, named, 61000)).toBe(true)
  }
  for (const named of ['172.31.255.1', '192.168.1.7', '100.64.0.1', 'fd00::1', '0.0.0.0'])
    expect(admits(latchFor(named, 4000), '198.51.100.66', 61000)).toBe(true)
})

it('hears a machine with several addresses from the one that its signalling comes from, and then nobody else', () => {
  const latch = createLatch()
  expectSource(latch, '192.0.2.1', 4000, '198.51.100.7')
  expect(admits(latch, '203.0.113.9', 4000)).toBe(false)
  expect(admits(latch, '198.51.100.7', 4000)).toBe(true)
  expect(latch).toMatchObject({ address: '198.51.100.7', port: 4000, isSettled: false })
  expect(admits(latch, '198.51.100.7', 4002)).toBe(false)
  expect(admits(latch, '192.0.2.1', 4000)).toBe(true)
})

it('keeps what it found when a re-INVITE names the same address, and starts anew for another', () => {
  const latch = latchFor('10.0.0.5', 4000)
  admits(latch, '203.0.113.9', 61000)
  expectSource(latch, '10.0.0.5', 4000)
  expect(latch.address).toBe('203.0.113.9')
  expectSource(latch, '10.0.0.7', 4002)
  expect(latch).toMatchObject({ address: '10.0.0.7', port: 4002, isLatched: false })
})

it('sends a stranger elsewhere a second of sound, all of it once they speak or report, and anybody else all of it', () => {
  const sent = (latch: ReturnType<typeof createLatch>) =>
    Array.from({ length: 200 }, () => spendPacket(latch)).filter(Boolean).length
  expect(sent(latchFor('192.0.2.1', 4000))).toBe(200)
  const strange = latchFor('192.0.2.1', 4000)
  doubt(strange)
  expect([sent(strange), sent(strange)]).toEqual([50, 0])
  // Described anew, they are as strange as before.
  expectSource(strange, '192.0.2.9', 4000)
  doubt(strange)
  expect(sent(strange)).toBe(0)
  admits(strange, '192.0.2.9', 4000)
  expect(sent(strange)).toBe(200)
  const silent = latchFor('192.0.2.1', 4000)
  doubt(silent)
  believe(silent)
  expect(sent(silent)).toBe(200)
})
