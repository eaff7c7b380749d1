/**
 * Whom a port listens and speaks to: symmetric RTP (RFC 4961), safe against strangers. The address that SDP named is
 * believed at any time; until it speaks, the first other source of valid RTP is taken for it (it sits behind a NAT).
 * After that nobody else is heard.
 */
export type Latch = {
  /** What SDP says; again after a re-INVITE. */
  expect(address: string, port: number): void
  /** Is this source the one to listen to? Asked only with packets that are valid RTP of the negotiated kind. */
  admits(address: string, port: number): boolean
  readonly isLatched: boolean
  /** Where to send: what was latched, else what SDP said. */
  readonly address: string
  readonly port: number
}

export function createLatch(): Latch {
  let named = { address: '', port: 0 }
  let current = named
  let isLatched = false
  return {
    expect(address, port) {
      if (address === named.address && port === named.port) return
      named = { address, port }
      current = named
      isLatched = false
    },
    admits(address, port) {
      if (isLatched && port === current.port && address === current.address) return true
      if (port === named.port && address === named.address) current = named
      else if (isLatched) return false
      else current = { address, port }
      isLatched = true
      return true
    },
    get isLatched() {
      return isLatched
    },
    get address() {
      return current.address
    },
    get port() {
      return current.port
    },
  }
}
