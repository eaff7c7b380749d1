/**
 * Whom a port listens and speaks to: symmetric RTP (RFC 4961), safe against strangers. The address that SDP named is
 * believed at any time; until it speaks, the first other source of valid RTP is taken for it (it sits behind a NAT).
 * After that nobody else is heard.
 */
export type Latch = {
  namedAddress: string
  namedPort: number
  /** Where to send: what was latched, else what SDP said. */
  address: string
  port: number
  isLatched: boolean
  /** The named source itself spoke: nobody can take its place any more. */
  isSettled: boolean
}

export function createLatch(): Latch {
  return { namedAddress: '', namedPort: 0, address: '', port: 0, isLatched: false, isSettled: false }
}

/** What SDP says; again after a re-INVITE. @returns whether it is a new address; the same keeps what was latched. */
export function expectSource(latch: Latch, address: string, port: number): boolean {
  if (address === latch.namedAddress && port === latch.namedPort) return false
  latch.namedAddress = address
  latch.namedPort = port
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
  if (latch.isLatched && !isNamed) return false
  latch.address = address
  latch.port = port
  latch.isLatched = true
  latch.isSettled = isNamed
  return true
}
