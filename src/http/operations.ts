import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../foundation/index.ts'
import { refuseGarbage } from './problem.ts'
import type { App } from './server.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `operations`: for whoever runs the house, and where that has a port of its own, there alone; `both`: at each. */
    at?: 'operations' | 'both'
  }
}

/** Files of pages: every page needs them, at whichever port it is. */
const files = '/assets/*'

/**
 * Where operations have a port of their own, nothing that is for them is found at the other one, and nothing else at
 * theirs: whoever reaches citizens' pages learns nothing of how the house is.
 * @param isOperations whether a connection came in at that port
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

/** The same server at a second port. */
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
