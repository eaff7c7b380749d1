import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNetworks } from '../../src/foundation/index.ts'

describe('networks', () => {
  const networks = createNetworks(['10.0.0.0', 8], ['192.168.1.77', 24], ['fc00::', 7])
  networks.add('127.0.0.1')
  networks.add('::1')

  it.each([
    ['10.255.255.255', true],
    ['11.0.0.0', false],
    ['9.255.255.255', false],
    ['192.168.1.0', true],
    ['192.168.1.255', true],
    ['192.168.2.0', false],
    ['127.0.0.1', true],
    ['127.0.0.2', false],
    ['fdab::1', true],
    ['fe80::1', false],
    ['::1', true],
    ['::2', false],
    // IPv4 in the clothes of IPv6.
    ['::ffff:10.1.2.3', true],
    ['::ffff:11.1.2.3', false],
    ['host.example', false],
    ['', false],
  ])('say of %s that it is within: %s', (address, isWithin) => {
    expect(networks.has(address)).toBe(isWithin)
  })

  it('say of any IPv4 address what Node’s own list says', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (network, address, bits) => {
        const list = new BlockList()
        list.addSubnet(network, bits, 'ipv4')
        const own = createNetworks([network, bits])
        for (const asked of [address, network]) expect(own.has(asked)).toBe(list.check(asked, 'ipv4'))
      }),
    )
  })
})
