import { readFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import {
  type CertificatePlace,
  type Clock,
  Fault,
  type Log,
  openCertificate,
  reasonOf,
} from '../foundation/index.ts'
import { isReachable } from './reachable.ts'
import type { Arrive, Hop, Send, Transport } from './transport.ts'
import { openTcp } from './transports/tcp.ts'
import { openTls } from './transports/tls.ts'
import { openUdp } from './transports/udp.ts'

/** UDP and TCP on one port, TLS on another, and the address under which others reach them. */
export type Wire = {
  readonly port: number
  /** Of TLS; absent without it. */
  readonly tlsPort?: number
  /** The host that goes into Via, Contact and Record-Route; IPv6 with brackets. */
  readonly host: string
  /** The only way out. Whatever is wrong with the place is news to whoever sends this message, and ends nothing else. */
  readonly send: Send
  /** Whether there is such a place, in a family that this server speaks. */
  canReach(to: Hop): boolean
  /** Whether a connection to there is open. */
  isConnected(to: Hop): boolean
  connections(): number
  /** Why somebody should look after the certificate. */
  trouble(): string | undefined
  close(): Promise<void>
}

export type WirePlace = {
  readonly sipAddress: string
  /** 0 takes any that is free for both. */
  readonly sipPort: number
  readonly advertisedAddress?: string
  readonly tls?: TlsPlace
}

/** Where SIP over TLS is listened for, and what is shown there. */
export type TlsPlace = {
  readonly port: number
  readonly place: CertificatePlace
  /** A file in PEM: whose word on other servers is taken beside those whom browsers trust. */
  readonly authoritiesFile?: string
}

/** Whether there is a way to listen there, before anything that takes long is begun. @throws as `openWire` */
export async function checkWire(place: WirePlace, clock: Clock): Promise<void> {
  const ignore: Arrive = () => undefined
  const { tcp, udp } = await openBoth(place, clock, ignore)
  await Promise.all([tcp.close(), udp.close()])
  if (place.tls === undefined) return
  const { port } = place.tls
  const tls = await openTcp(place.sipAddress, port, clock, ignore).catch(error =>
    Promise.reject(cannotListen('TLS', { ...place, sipPort: port }, error)),
  )
  await tls.close()
}

/** @throws Fault if the port is taken or the address is not one of this machine. */
export async function openWire(place: WirePlace, clock: Clock, log: Log, arrive: Arrive): Promise<Wire> {
  const { tcp, udp } = await openBoth(place, clock, arrive)
  const secure =
    place.tls && (await openSecure(place, place.tls, clock, log, arrive).catch(closing(tcp, udp)))
  const tls = secure?.transport
  const transportTo = (hop: Hop): Transport | undefined => ({ udp, tcp, tls })[hop.protocol]
  const canReach = (hop: Hop) => isReachable(hop) && (transportTo(hop)?.reaches(hop.address) ?? false)
  const address = place.advertisedAddress ?? reachable(place.sipAddress)
  return {
    port: udp.port,
    tlsPort: tls?.port,
    host: isIPv6(address) ? `[${address}]` : address,
    send(text, to, failed) {
      if (!canReach(to)) return queueMicrotask(failed)
      try {
        transportTo(to)?.send(text, to, failed)
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'a SIP message could not be sent')
        queueMicrotask(failed)
      }
    },
    canReach,
    isConnected: hop => transportTo(hop)?.isConnected(hop) ?? false,
    connections: () => tcp.connections() + (tls?.connections() ?? 0),
    trouble: () => secure?.certificate.trouble(),
    close: async () => {
      secure?.certificate.close()
      await Promise.all([udp.close(), tcp.close(), tls?.close()])
    },
  }
}

const closing =
  (...open: readonly Transport[]) =>
  async (error: unknown): Promise<never> => {
    await Promise.all(open.map(one => one.close()))
    throw error
  }

async function openSecure(place: WirePlace, tls: TlsPlace, clock: Clock, log: Log, arrive: Arrive) {
  const { authoritiesFile: file } = tls
  const authorities = file === undefined ? undefined : await readAuthorities(file)
  const certificate = await openCertificate(tls.place, { clock, log })
  try {
    const side = { certificate, authorities }
    return { transport: await openTls(place.sipAddress, tls.port, clock, arrive, side), certificate }
  } catch (error) {
    certificate.close()
    throw cannotListen('TLS', { ...place, sipPort: tls.port }, error)
  }
}

const readAuthorities = (file: string) =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault({
      code: 'certificate-unreadable',
      place: 'SIP_TLS_CA',
      found: `${file}, which cannot be read (${reasonOf(cause)})`,
      expected: 'a file that the user who runs this may read',
      cause,
    })
  })

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
    place: taken ? (protocol === 'TLS' ? 'SIP_TLS_PORT' : 'SIP_PORT') : 'SIP_HOST',
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
