import { isIP } from 'node:net'

/**
 * The source that an address is counted under. In IPv6 a household or a machine has a whole /64 (RFC 6177), so
 * single addresses mean nothing; IPv4-mapped IPv6 counts as IPv4. Some proxies append the port, which changes each
 * time.
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

/** The neighbourhood of an address, against floods from many addresses: a /24 of IPv4, a /48 of IPv6. */
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
