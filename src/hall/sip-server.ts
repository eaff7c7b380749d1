import { type Clock, type Log, newSecret } from '../foundation/index.ts'
import type { Settings } from '../settings/index.ts'
import { type Sipd, startSipd } from '../sipd/index.ts'
import type { SipLineOptions, SipServerAddress } from '../telephony/index.ts'

/** Where drachtio-server listens for us when DRACHTIO_URL names no port. */
const controlPort = 9022

/**
 * The SIP server that lines speak through: the one that DRACHTIO_URL names, or else our own.
 * @returns `own` only when it is ours, and ours to close.
 */
export async function openSipServer(
  settings: Settings,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<{ readonly address: SipServerAddress; readonly own?: Sipd }> {
  if (settings.DRACHTIO_URL !== undefined) {
    const { hostname: host, port } = new URL(settings.DRACHTIO_URL)
    return {
      address: { host, port: Number(port || controlPort), secret: settings.DRACHTIO_SECRET ?? '' },
    }
  }
  const secret = newSecret()
  const own = await startSipd({
    clock,
    log,
    secret,
    controlPort: 0,
    sipAddress: settings.SIP_HOST,
    sipPort: settings.SIP_PORT,
  })
  return { address: { host: '127.0.0.1', port: own.controlPort, secret }, own }
}

/** How the line deals with those on the other side of the server. */
export function waysOf(settings: Settings): Pick<SipLineOptions, 'trunk' | 'trustedPeers' | 'ringWithinMs'> {
  const { SIP_TRUNK: uri, SIP_TRUNK_USER: username, SIP_TRUNK_PASSWORD: password } = settings
  const { SIP_TRUNK_NUMBER_FORM: numberForm } = settings
  return {
    trunk: uri === undefined ? undefined : { uri, username, password, numberForm },
    trustedPeers: settings.TRUSTED_PEERS,
    ringWithinMs: settings.SIP_RING_WITHIN_SECONDS * 1000,
  }
}
