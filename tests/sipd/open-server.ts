import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type Open, startSipd } from '../../src/sipd/index.ts'

/** A SIP server for drachtio-srf, ours or the real one. */
export type Server = {
  readonly name: string
  readonly control: { readonly port: number; readonly secret: string }
  readonly sipPort: number
  readonly t1Ms: number
  /** What is alive; the real server does not tell. */
  open(): Open | undefined
  close(): Promise<void>
}

/** Whether the tests run against a real drachtio-server. */
export const isReal = (process.env.DRACHTIO_SERVER ?? '') !== ''

/**
 * `DRACHTIO_SERVER=9122:5160` (control port and SIP port on loopback, the secret in `DRACHTIO_SECRET`) runs the tests
 * against a real drachtio-server instead of ours.
 */
export async function openServer(t1Ms = 500, trusts?: (address: string) => boolean): Promise<Server> {
  if (isReal) {
    const real = process.env.DRACHTIO_SERVER!.split(':').map(Number)
    return {
      name: 'drachtio-server',
      control: { port: real[0]!, secret: process.env.DRACHTIO_SECRET ?? 'cymru' },
      sipPort: real[1]!,
      t1Ms: 500,
      open: () => undefined,
      close: async () => undefined,
    }
  }
  const secret = 'only for this test'
  const sipd = await startSipd({
    clock: systemClock,
    log: silentLog,
    secret,
    controlPort: 0,
    sipAddress: '127.0.0.1',
    sipPort: 0,
    trusts,
    timing: { t1Ms, t2Ms: 8 * t1Ms, t4Ms: 10 * t1Ms },
  })
  return {
    name: 'sipd',
    control: { port: sipd.controlPort, secret },
    sipPort: sipd.sipPort,
    t1Ms,
    open: sipd.open,
    close: sipd.close,
  }
}
