import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyOfInfo } from '../../src/telephony/lines/sip/info.ts'

it('reads any INFO without a throw, and names only keys', () => {
  const types = fc.constantFrom('application/dtmf-relay', 'application/dtmf', 'audio/telephone-event')
  const seeds = fc.constantFrom('Signal=5\r\nDuration=900', '5', 'd=5', '\x05\x8a\x03\x20', 'Event: 9\n')
  const body = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .tuple(seeds, fc.nat(20), fc.string({ unit: 'binary', maxLength: 3 }))
      .map(([seed, at, put]) => seed.slice(0, at) + put + seed.slice(at + put.length)),
  )
  fc.assert(
    fc.property(types, body, (type, text) => {
      const told = keyOfInfo(type, text)
      if (!told) return
      expect([...'0123456789*#ABCD']).toContain(told.key)
      expect(told.heldMs ?? 1).toBeGreaterThan(0)
    }),
    { seed: 6086, numRuns: 2_000 },
  )
})
