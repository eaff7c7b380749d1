import type { Call, DialOptions } from '../../call.ts'
import { readAddress, readUri } from './address.ts'
import type { SipRequest } from './drachtio.ts'

/** A seat's own telephone that rings somebody for the caller whom it has: it is led through no flow. */
export type Aside = {
  readonly seat: string
  /** Whether it has a password by which to prove who it is: where it has none, nobody else is at its address. */
  readonly hasPassword: boolean
  /** The call in whose worker its media has to be. */
  readonly near: Call
  /** Rings whom it dialled, which is text that it chose; rejects where they are not reached. */
  readonly ring: (dialled: string, own: Call) => Promise<void>
  readonly onHandOver: NonNullable<DialOptions['onHandOver']>
}

/** Where an INVITE comes from, and as whom it calls itself. */
export type Sender = { readonly user: string; readonly address: string; readonly port: number }

export function senderOf(
  headers: Pick<SipRequest, 'get'>,
  source: Pick<SipRequest, 'source_address' | 'source_port'>,
): Sender {
  const user = readUri(readAddress(headers.get('From') ?? '')?.uri ?? '')?.user ?? ''
  return { user, address: source.source_address, port: Number(source.source_port) }
}

/** Whether a seat's telephone, reached at this contact, sends from there. @param samePort it has to be that port as well */
export function isSentFrom(contact: string, { address, port }: Sender, samePort: boolean): boolean {
  const [, host = '', given = '5060'] =
    /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(readUri(contact)?.host ?? '') ?? []
  return host.replace(/^\[|\]$/g, '') === address && (!samePort || Number(given) === port)
}
