/** Whatever a peer writes into its addresses, they are read to an end. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readAddress, readAddresses, readUri, writeAddress } from '../../src/telephony/lines/sip/address.ts'
import { callerOf } from '../../src/telephony/lines/sip/caller.ts'
import { textOf } from '../../src/telephony/lines/sip/wire-text.ts'
import { fromHeaders } from './from-headers.ts'

const seeds = fromHeaders.map(([from]) => from)
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(80), fc.constantFrom(...'"<>;,\\:@%=+ 1\t张\r\n'))),
  )
  .map(([seed, edits]) =>
    edits.reduce((text, [at, put]) => text.slice(0, at) + put + text.slice(at + 1), seed),
  )

it('reads anything to an end, and gives a number or none', () => {
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string(), fc.string({ unit: 'binary' })), text => {
      const headers: Readonly<Record<string, string>> = {
        From: text,
        'P-Asserted-Identity': text,
        Privacy: '',
      }
      const { number } = callerOf({ get: name => headers[name] }, { country: 'CN', areaCode: '010' }, true)
      expect(typeof number).toBe('string')
      expect(number).not.toMatch(/^sips?:/i)
      readAddresses(text)
      readUri(text)
      textOf(Buffer.from(text))
    }),
    { numRuns: 3_000 },
  )
})

it('writes an address so that it is read as the same', () => {
  fc.assert(
    fc.property(mutated, text => {
      const address = readAddress(text)
      if (!address || /[\r\n]/.test(address.name)) return
      const again = readAddress(writeAddress(address))
      expect(again?.uri).toBe(address.uri)
      expect(again?.name).toBe(address.name)
      expect(again?.params.get('tag')).toBe(address.params.get('tag'))
    }),
    { numRuns: 3_000 },
  )
})
