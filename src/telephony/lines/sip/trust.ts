import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { createNetworks, type Log, reasonOf } from '../../../foundation/index.ts'
import { readUri } from './address.ts'

/** Whether what a peer asserts of others is believed, by the address that its message came from. */
export type Trust = (address: string) => boolean

const loopback = ['127.0.0.0/8', '::1']

/**
 * The one place where it is decided whose word is taken, on who calls and on where its requests go: the peers that are
 * named, or, where none is, this machine and the trunk. Names are looked up once; a trunk whose addresses change is named by its networks.
 * @param peers addresses, networks as 10.0.0.0/8, and names.
 */
export function createTrust(
  peers: readonly string[] | undefined,
  trunk: string | undefined,
  log: Log,
): Trust {
  const trusted = createNetworks()
  const take = (peer: string) => {
    const [address = '', bits] = peer.split('/')
    trusted.add(address, bits === undefined ? undefined : Number(bits))
  }
  const takeName = (name: string) =>
    lookup(name, { all: true }).then(
      found => {
        for (const { address } of found) take(address)
      },
      error => log.warn({ reason: reasonOf(error) }, 'a trusted peer’s name leads to no address'),
    )
  for (const peer of peers ?? [...loopback, ...hostOf(trunk)]) {
    if (isIP(peer.replace(/\/\d{1,3}$/, '')) !== 0) take(peer)
    else void takeName(peer)
  }
  return address => trusted.has(address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/^\[|\]$/g, ''))
}

function hostOf(trunk: string | undefined): readonly string[] {
  const host = readUri(trunk ?? '')?.host ?? ''
  const bracketed = /^\[([^\]]+)\]/.exec(host)?.[1]
  const name = bracketed ?? host.replace(/:\d+$/, '')
  return name === '' ? [] : [name]
}
