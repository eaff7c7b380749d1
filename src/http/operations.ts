import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../foundation/index.ts'
import { refuseGarbage } from './problem.ts'
import type { App } from './server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * `operations`: for those who run the service, served only at the operations port if there is one; `both`:
     * served at each port.
     */
    at?: 'operations' | 'both'
  }
}

/** Assets of pages, needed at either port. */
const files = '/assets/*'

/**
 * Separates the two ports: operations routes are found only at the operations port, and all others only at the main
 * port, so that whoever reaches the citizens' pages learns nothing about the state of the service.
 * @param isOperations whether a connection came in at the operations port
 */
export function keepApart(app: App, isOperations: (socket: Socket) => boolean): void {
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const { url, config } = request.routeOptions
    if (url === undefined || url === files || config.at === 'both') return
    if ((config.at === 'operations') === isOperations(request.socket)) return
    throw new Fault({
      code: 'route-unknown',
      place: `${request.method} ${request.url.split('?')[0]}`,
      found: 'no such route',
      expected: 'another route',
    })
  })
}

export type OperationsPort = { readonly url: string; close(): void }

/** Serves the same application at a second port. */
export async function listenForOperations(
  app: App,
  { host, port }: { readonly host: string; readonly port: number },
  mark: (server: Server) => void,
): Promise<OperationsPort> {
  const server = createServer((request, response) => app.routing(request, response))
  server.on('clientError', refuseGarbage)
  mark(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { address, port: real, family } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${real}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
