import { createServer, type Socket } from 'node:net'
import { Fault, reasonOf } from '../foundation/index.ts'
import { type AppOptions, createApp } from './app.ts'
import { listenForOperations } from './operations.ts'

type Address = {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
}

export type FrontDeskOptions = Omit<AppOptions, 'isAtOperations'> &
  Address & {
    /** A separate port for figures, readiness and the API's document; the same port when absent. */
    readonly operations?: Address
  }

export type FrontDesk = {
  /** Where it answers, for example http://127.0.0.1:8080; https:// with a certificate. */
  readonly url: string
  /** Where figures, readiness and the API's document are, if that is a separate port. */
  readonly operationsUrl?: string
  /** Open requests end, too. */
  close(): Promise<void>
}

/**
 * Checks that a front desk can open there, before any slow work begins.
 * @param what the address is for: pages, or operations if these have a port of their own
 * @throws as `openFrontDesk`
 */
export async function checkAddress(address: Address, what: 'pages' | 'operations' = 'pages'): Promise<void> {
  const names = what === 'pages' ? httpNames : operationsNames
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(listenFault(error, { ...address, names })))
    server.listen(address.port, address.host, () => server.close(() => resolve()))
  })
}

/** @throws Fault `port-taken`, `port-forbidden`, `address-unknown`, naming the setting to change */
export async function openFrontDesk(options: FrontDeskOptions): Promise<FrontDesk> {
  const { operations } = options
  /** Connections that came in at the operations port. */
  const there = new WeakSet<Socket>()
  const app = await createApp({
    ...options,
    isAtOperations: operations ? socket => there.has(socket) : undefined,
  })
  let at: Named = { ...options, names: httpNames }
  try {
    const heard = await app.listen({ host: options.host, port: options.port })
    const url = options.https ? heard.replace(/^http:/, 'https:') : heard
    if (!operations) return { url, close: () => app.close() }
    at = { ...operations, names: operationsNames }
    const second = await listenForOperations(app, operations, server =>
      server.on('connection', socket => there.add(socket)),
    )
    const close = async () => {
      second.close()
      await app.close()
    }
    return { url, operationsUrl: second.url, close }
  } catch (error) {
    await app.close()
    throw listenFault(error, at)
  }
}

type Names = { readonly host: string; readonly port: string }
type Named = Address & { readonly names: Names }
const httpNames = { host: 'HTTP_HOST', port: 'HTTP_PORT' } as const
const operationsNames = { host: 'OPERATIONS_HOST', port: 'OPERATIONS_PORT' } as const

function listenFault(error: unknown, { host, port, names }: Named): unknown {
  switch (reasonOf(error)) {
    case 'EADDRINUSE':
      return new Fault({
        code: 'port-taken',
        place: names.port,
        found: `port ${port} in use by another program`,
        expected: `a free port: end that program, or set ${names.port} to another`,
        cause: error,
      })
    case 'EACCES':
      return new Fault({
        code: 'port-forbidden',
        place: names.port,
        found: `port ${port}, which this user may not open`,
        expected: 'a port from 1024 on',
        cause: error,
      })
    case 'EADDRNOTAVAIL':
      return new Fault({
        code: 'address-unknown',
        place: names.host,
        found: host,
        expected: 'an address of this machine',
        cause: error,
      })
    default:
      return error
  }
}
