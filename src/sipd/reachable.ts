import { isIP } from 'node:net'
import { createNetworks } from '../foundation/index.ts'
import type { Hop } from './transport.ts'

/** Addresses that stand for no machine, or for more than one: "this network", multicast, reserved and broadcast. */
const notOneMachine = createNetworks(['0.0.0.0', 8], ['224.0.0.0', 3], ['::', 128], ['ff00::', 8])

/**
 * Whether a message may be handed to a socket for this place: an IP address of one machine, and a port that exists.
 * Strangers choose both, in Via, Contact and Record-Route, and Node throws at what is none.
 */
export function isReachable({ address, port }: Hop): boolean {
  return isIP(address) !== 0 && isPort(port) && !notOneMachine.has(address)
}

/** RFC 3261 lets any digits stand for a port; 0 and what is above 65535 is none. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535
}
