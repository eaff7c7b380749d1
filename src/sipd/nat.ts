import { BlockList, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Hop } from './transport.ts'

/** Addresses that mean another machine in every network (RFC 1918, 6598, 3927, 4193, 4291). */
const privateNetworks = networksOf(
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['fc00::', 7],
  ['fe80::', 10],
)
const loopback = networksOf(['127.0.0.0', 8], ['::1', 128])

/**
 * Our one rule for NAT. A Contact is believed (RFC 3261 section 12.2.1.1), wherever its messages come from, unless it
 * can not be meant for us: it is a private address of a network that this machine is not in, or the loopback of
 * another machine. Then its sender is behind a NAT, and reached where its last message came from.
 * @param seen where that was.
 */
export function isMeantForUs({ address }: Hop, seen: Hop): boolean {
  if (address === seen.address) return true
  if (holds(loopback, address)) return holds(loopback, seen.address)
  return !holds(privateNetworks, address) || holds(ownNetworks(), address)
}

/** Asked anew each time: laptops move. */
function ownNetworks(): BlockList {
  const cidrs = Object.values(networkInterfaces()).flatMap(each => each?.map(({ cidr }) => cidr ?? '') ?? [])
  return networksOf(
    ...cidrs.flatMap((cidr): [string, number][] => {
      const [address = '', prefix] = cidr.split('/')
      return prefix === undefined ? [] : [[address, Number(prefix)]]
    }),
  )
}

function networksOf(...networks: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, familyOf(address))
  return list
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
