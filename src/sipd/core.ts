import type { Clock } from '../foundation/index.ts'
import { meta } from './control/protocol.ts'
import type { ControlSession } from './control/sessions.ts'
import type { Dialogs } from './dialogs.ts'
import type { Message } from './message.ts'
import { serialise } from './serialise.ts'
import type { Timing } from './transaction-state.ts'
import type { Transactions } from './transactions.ts'
import type { Hop, Protocol, Send } from './transport.ts'

/** What both directions share. */
export type Core = {
  readonly clock: Clock
  readonly timing: Timing
  /** `host:port` as others reach this server over UDP and TCP. */
  readonly here: string
  /** The same over TLS; undefined without it. */
  readonly hereTls: string | undefined
  readonly dialogs: Dialogs<ControlSession>
  readonly transactions: Transactions
  readonly send: Send
  readonly canReach: (to: Hop) => boolean
  readonly isConnected: (to: Hop) => boolean
  /** Whether whoever sends from there may name another machine as the place for its requests. */
  readonly trusts: (address: string) => boolean
}

/** `host:port` as a far end that is reached over `protocol` reaches this server. */
export const hereFor = ({ here, hereTls }: Pick<Core, 'here' | 'hereTls'>, protocol: Protocol): string =>
  protocol === 'tls' ? (hereTls ?? here) : here

/** Our Contact for a far end that is reached over `protocol`; for a `sips` URI one of that scheme (RFC 3261 section 8.1.1.8). */
export function contactOf(core: Core, protocol: Protocol, uri = ''): string {
  const host = hereFor(core, protocol)
  if (/^sips:/i.test(uri)) return `<sips:${host}>`
  return `<sip:${host}${protocol === 'udp' ? '' : `;transport=${protocol}`}>`
}

/** The notice that a SIP message came in, or that this server sent one on its own account. */
export function notice(
  core: Core,
  source: 'network' | 'application',
  message: Message,
  hop: Hop,
  transactionId: string,
  dialogId: string,
  more = '',
): string {
  const text = serialise(message)
  return `sip|${meta(source, text.length, hop, core.clock.now())}|${transactionId}|${dialogId}|${more}\r\n${text}`
}

/** The answer to an order that made this server send `text`. */
export function sent(core: Core, text: string, hop: Hop, transactionId: string, dialogId?: string): string {
  const dialog = dialogId === undefined ? '' : `${dialogId}||`
  return `OK|${meta('application', text.length, hop, core.clock.now())}|${transactionId}|${dialog}Msg sent:|\r\n${text}`
}
