import { BlockList, isIP } from 'node:net'

/** A set of IPv4 and IPv6 networks. */
export type Networks = {
  /** @param bits prefix length; a single address when absent */
  add(address: string, bits?: number): void
  /** False for anything that is not an IP address. */
  has(address: string): boolean
}

/**
 * Runs for every message in or out. Node's BlockList makes an object for each question, which is most of its cost
 * (7 µs in the middle of a call); for IPv4, comparing numbers is enough.
 */
export function createNetworks(...networks: readonly (readonly [address: string, bits: number])[]): Networks {
  const all = new BlockList()
  const ofVersion4: { readonly from: number; readonly until: number }[] = []
  const add: Networks['add'] = (address, bits) => {
    const isVersion6 = isIP(address) === 6
    all.addSubnet(address, bits ?? (isVersion6 ? 128 : 32), isVersion6 ? 'ipv6' : 'ipv4')
    if (isVersion6) return
    const size = 2 ** (32 - (bits ?? 32))
    const from = numberOf(address) - (numberOf(address) % size)
    ofVersion4.push({ from, until: from + size })
  }
  for (const [address, bits] of networks) add(address, bits)
  return {
    add,
    has(address) {
      const version = isIP(address)
      if (version !== 4) return version === 6 && all.check(address, 'ipv6')
      const number = numberOf(address)
      return ofVersion4.some(({ from, until }) => number >= from && number < until)
    },
  }
}

/** The 32 bits of an IPv4 address. */
const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
