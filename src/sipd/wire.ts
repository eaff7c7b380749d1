import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { type Clock, Fault, type Log, reasonOf } from '../foundation/index.ts'
import { isReachable } from './reachable.ts'
import type { Arrive, Hop, Send, Transport } from './transport.ts'
import { openTcp } from './transports/tcp.ts'
import { openUdp } from './transports/udp.ts'

/** UDP and TCP on one port, and the address under which others reach it. */
export type Wire = {
  readonly port: number
  /** The host that goes into Via, Contact and Record-Route; IPv6 with brackets. */
  readonly host: string
  /** The only way out. Whatever is wrong with the place is news to whoever sends this message, and ends nothing else. */
  readonly send: Send
  /** Whether there is such a place, in a family that this server speaks. */
  canReach(to: Hop): boolean
  /** Whether a TCP connection to there is open. */
  isConnected(to: Hop): boolean
  connections(): number
  close(): Promise<void>
}

export type WirePlace = {
  readonly sipAddress: string
  /** 0 takes any that is free for both. */
  readonly sipPort: number
  readonly advertisedAddress?: string
}

/** @throws Fault if the port is taken or the address is not one of this machine. */
export async function openWire(place: WirePlace, clock: Clock, log: Log, arrive: Arrive): Promise<Wire> {
  const { tcp, udp } = await openBoth(place, clock, arrive)
  const transportTo = (hop: Hop) => (hop.protocol === 'udp' ? udp : tcp)
  const canReach = (hop: Hop) => isReachable(hop) && transportTo(hop).reaches(hop.address)
  const address = place.advertisedAddress ?? reachable(place.sipAddress)
  return {
    port: udp.port,
    host: isIPv6(address) ? `[${address}]` : address,
    send(text, to, failed) {
      if (!canReach(to)) return queueMicrotask(failed)
      try {
        transportTo(to).send(text, to, failed)
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'a SIP message could not be sent')
        queueMicrotask(failed)
      }
    },
    canReach,
    isConnected: hop => transportTo(hop).isConnected(hop),
    connections: () => tcp.connections(),
    close: async () => {
      await Promise.all([udp.close(), tcp.close()])
    },
  }
}

/** A port that the system chose for TCP may be taken for UDP: then it is asked for another. */
async function openBoth(
  place: WirePlace,
  clock: Clock,
  arrive: Arrive,
): Promise<{ tcp: Transport; udp: Transport }> {
  for (let tries = 1; ; tries++) {
    const tcp = await openTcp(place.sipAddress, place.sipPort, clock, arrive).catch(error =>
      Promise.reject(cannotListen('TCP', place, error)),
    )
    try {
      return { tcp, udp: await openUdp(place.sipAddress, tcp.port, arrive) }
    } catch (error) {
      await tcp.close()
      if (place.sipPort !== 0 || tries === 10) throw cannotListen('UDP', place, error)
    }
  }
}

function cannotListen(protocol: string, place: WirePlace, cause: unknown): Fault {
  const taken = reasonOf(cause) === 'EADDRINUSE'
  return new Fault({
    code: taken ? 'sip-port-taken' : 'sip-address-unusable',
    place: taken ? 'SIP_PORT' : 'SIP_HOST',
    found: `${protocol} ${place.sipAddress}:${place.sipPort}, which ${taken ? 'another program has' : `cannot be opened (${reasonOf(cause)})`}`,
    expected: taken
      ? 'a free port: end that program or choose another port'
      : 'an address of this machine and a port that this user may open',
    cause,
  })
}

/** The address itself; where it stands for all of them, the first that others can reach. */
function reachable(address: string): string {
  if (address !== '0.0.0.0' && address !== '::') return address
  const outer = Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .find(each => !each.internal && each.family === (address === '::' ? 'IPv6' : 'IPv4'))
  return outer?.address ?? (address === '::' ? '::1' : '127.0.0.1')
}
