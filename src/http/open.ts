import { createServer } from 'node:net'
import { Fault, reasonOf } from '../foundation/index.ts'
import { type AppOptions, createApp } from './app.ts'

type Address = {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

export type FrontDeskOptions = AppOptions & Address

export type FrontDesk = {
  /** Where it answers, as http://127.0.0.1:8080. */
  readonly url: string
  /** Ends open requests, too. */
  close(): Promise<void>
}

/**
 * Whether a front desk can open there, before anything that takes long is begun.
 * @throws as `openFrontDesk`
 */
export async function checkAddress(address: Address): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenFault(error, address)))
    server.listen(address.port, address.host, () => server.close(() => resolve()))
  })
}

/** @throws Fault `port-taken`, `port-forbidden`, `address-unknown`, naming the setting to change */
export async function openFrontDesk(options: FrontDeskOptions): Promise<FrontDesk> {
  const app = await createApp(options)
  try {
    const url = await app.listen({ host: options.host, port: options.port })
    return { url, close: () => app.close() }
  } catch (error) {
    await app.close()
    throw listenFault(error, options)
  }
}

function listenFault(error: unknown, { host, port }: Address): unknown {
  switch (reasonOf(error)) {
    case 'EADDRINUSE':
      return new Fault({
        code: 'port-taken',
        place: 'HTTP_PORT',
        found: `port ${port} in use by another program`,
        expected: 'a free port: end that program, or set HTTP_PORT to another',
        cause: error,
      })
    case 'EACCES':
      return new Fault({
        code: 'port-forbidden',
        place: 'HTTP_PORT',
        found: `port ${port}, which this user may not open`,
        expected: 'a port from 1024 on',
        cause: error,
      })
    case 'EADDRNOTAVAIL':
      return new Fault({
        code: 'address-unknown',
        place: 'HTTP_HOST',
        found: host,
        expected: 'an address of this machine',
        cause: error,
      })
    default:
      return error
  }
}
