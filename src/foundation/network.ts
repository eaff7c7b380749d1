import { isIP } from 'node:net'

/**
 * Whom an address is counted as: a household or a machine has a whole /64 of IPv6 (RFC 6177), so that one of its addresses
 * says nothing; IPv4 in the clothes of IPv6 is IPv4. Some proxies write the port along, another one each time.
 */
export function sourceOf(address: string): string {
  const plain = address
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  if (isIP(plain) !== 6) return plain
  return `${groupsOf(plain).slice(0, 4).join(':')}::/64`
}

/** The neighbourhood of an address, for a flood that comes from many of them: a /24 of IPv4, a /48 of IPv6. */
export function neighbourhoodOf(address: string): string {
  const source = sourceOf(address)
  if (isIP(source) === 4) return `${source.split('.').slice(0, 3).join('.')}.0/24`
  return source.endsWith('::/64') ? `${source.split(':').slice(0, 3).join(':')}::/48` : source
}

/** The eight groups of an IPv6 address (RFC 4291, section 2.2), without leading zeros. */
function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array<string>(missing).fill('0'), ...after].map(group =>
    group.toLowerCase().replace(/^0+(?=.)/, ''),
  )
}
