/** One end of the wire: where a message came from, or where it goes. */
export type Hop = {
  readonly protocol: Protocol
  /** An IP address, IPv6 without brackets. */
  readonly address: string
  readonly port: number
  /** The name by which it was looked up: who answers there over TLS has to prove it. */
  readonly name?: string
}

export type Protocol = 'udp' | 'tcp' | 'tls'

/** Whether nothing gets lost on the way, nor comes twice. */
export const isReliable = (protocol: Protocol): boolean => protocol !== 'udp'

/** The port that is meant where none is said (RFC 3261 section 19.1.2). */
export const usualPort = (protocol: Protocol): number => (protocol === 'tls' ? 5061 : 5060)

/** Told of each message that came in: its text, one character a byte, and where from. */
export type Arrive = (text: string, from: Hop) => void

/** Sends a message; a TCP connection is used again, or made. `failed` is told, later and never at once, if it cannot be. */
export type Send = (text: string, to: Hop, failed: () => void) => void

/** An IPv4 address that a socket for both families calls `::ffff:192.0.2.1`. */
export function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** A way for messages. */
export type Transport = {
  readonly port: number
  readonly send: Send
  /** Whether addresses of that family can be sent to. */
  reaches(address: string): boolean
  /** Whether a connection to there is open. */
  isConnected(to: Hop): boolean
  /** How many connections are open. */
  connections(): number
  close(): Promise<void>
}
