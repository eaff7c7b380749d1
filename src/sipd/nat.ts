import { networkInterfaces } from 'node:os'
import { createNetworks, type Networks } from '../foundation/index.ts'
import type { Hop } from './transport.ts'

/** Addresses that mean another machine in every network (RFC 1918, 6598, 3927, 4193, 4291). */
const privateNetworks = createNetworks(
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
)
const loopback = createNetworks(['127.0.0.0', 8], ['::1', 128])

/**
 * Our one rule for NAT. A Contact is believed (RFC 3261 section 12.2.1.1), wherever its messages come from, unless it
 * can not be meant for us: it is a private address of a network that this machine is not in, or the loopback of
 * another machine. Then its sender is behind a NAT, and reached where its last message came from. So is a stranger, who
 * could have us write to any machine otherwise.
 * @param seen where that was.
 */
export function isMeantForUs({ address }: Hop, seen: Hop, trusts: (address: string) => boolean): boolean {
  if (address === seen.address) return true
  if (!trusts(seen.address)) return false
  if (loopback.has(address)) return loopback.has(seen.address)
  return !privateNetworks.has(address) || ownNetworks().has(address)
}

/** Asked anew each time: laptops move. */
function ownNetworks(): Networks {
  const cidrs = Object.values(networkInterfaces()).flatMap(each => each?.map(({ cidr }) => cidr ?? '') ?? [])
  return createNetworks(
    ...cidrs.flatMap((cidr): [string, number][] => {
      const [address = '', prefix] = cidr.split('/')
      return prefix === undefined ? [] : [[address, Number(prefix)]]
    }),
  )
}
