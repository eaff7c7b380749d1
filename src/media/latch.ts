import { isIP } from 'node:net'
import { createNetworks } from '../foundation/index.ts'

/**
 * Whom a port listens and speaks to: symmetric RTP (RFC 4961), safe against strangers. The address that SDP named is
 * believed at any time. Until it speaks, the first other source of valid RTP is taken for it, at another port of that
 * address or at the one that its signalling comes from, as a machine with several addresses does; at another only where
 * SDP named one that the world cannot reach, as a phone behind a NAT does. After that nobody else is heard. What remains is a stranger who guesses the port of a phone behind a NAT and is heard first;
 * an SBC, which names its own address, leaves them nothing.
 */
export type Latch = {
  namedAddress: string
  namedPort: number
  signalsFrom: string | undefined
  /** What SDP named is an address that only its own network knows. */
  isHidden: boolean
  /** Where to send: what was latched, else what SDP said. */
  address: string
  port: number
  isLatched: boolean
  /** So many packets are still sent there before it has spoken. */
  unproven: number
  /** The named source itself spoke: nobody can take its place any more. */
  isSettled: boolean
}

export function createLatch(): Latch {
  return {
    namedAddress: '',
    namedPort: 0,
    signalsFrom: undefined,
    isHidden: false,
    address: '',
    port: 0,
    isLatched: false,
    unproven: Number.POSITIVE_INFINITY,
    isSettled: false,
  }
}

/** A second of sound, by which whoever is there has spoken: one who floods somebody else has next to nothing of it. */
const unprovenPackets = 50

/**
 * For whom nobody vouches, and whose sound would go elsewhere than where their signalling comes from: another machine of
 * theirs, or somebody who never asked for it.
 */
export function doubt(latch: Latch): void {
  latch.unproven = Math.min(latch.unproven, unprovenPackets)
}

/** It reports on what it hears: it is there, though it may say nothing. */
export function believe(latch: Latch): void {
  latch.unproven = Number.POSITIVE_INFINITY
}

/** Whether one more packet may go there; of a stranger's few it is one less. */
export const spendPacket = (latch: Latch): boolean => latch.isLatched || latch.unproven-- > 0

/** What SDP says; again after a re-INVITE. @returns whether it is a new address; the same keeps what was latched. */
export function expectSource(latch: Latch, address: string, port: number, signalsFrom?: string): boolean {
  latch.signalsFrom = signalsFrom
  if (address === latch.namedAddress && port === latch.namedPort) return false
  latch.namedAddress = address
  latch.namedPort = port
  latch.isHidden = isHidden(address)
  latch.address = address
  latch.port = port
  latch.isLatched = false
  latch.isSettled = false
  return true
}

/** Is this source the one to listen to? Asked only with packets that are valid RTP of the negotiated kind. */
export function admits(latch: Latch, address: string, port: number): boolean {
  if (latch.isLatched && port === latch.port && address === latch.address) return true
  const isNamed = port === latch.namedPort && address === latch.namedAddress
  const isItsOwn = address === latch.namedAddress || address === latch.signalsFrom
  if (!isNamed && (latch.isLatched || !(latch.isHidden || isItsOwn))) return false
  latch.address = address
  latch.port = port
  latch.isLatched = true
  latch.isSettled = isNamed
  return true
}

/** RFC 1918, 3927, 6598; RFC 4193, 4291. */
const hidden = createNetworks(
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['fe80::', 10],
)

/** A name, and the address of nobody (0.0.0.0, an old way to say hold), tell nothing of where somebody is. */
function isHidden(address: string): boolean {
  return isIP(address) === 0 || address === '0.0.0.0' || address === '::' || hidden.has(address)
}
