import type { FastifyRequest } from 'fastify'
import { type Cancel, type Clock, Fault } from '../foundation/index.ts'
import { sendProblem } from './problem.ts'
import type { App } from './server.ts'

/**
 * For a body that is read whole: 64 kB over a very slow mobile line. Files get as long as any request
 * (`requestTimeout`).
 */
const usualPatienceMs = 30_000

/**
 * Refuses bodies that arrive too slowly: they would hold a connection. The client gets a 408, and the connection is
 * closed.
 */
export function refuseSlowBodies(app: App, clock: Clock, patienceMs = usualPatienceMs): void {
  const waiting = new WeakMap<FastifyRequest, Cancel>()
  const arrived = (request: FastifyRequest) => waiting.get(request)?.()
  app.addHook('onRequest', async (request, reply) => {
    const { headers, raw } = request
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return
    const refuse = () => {
      const fault = new Fault({
        code: 'request-invalid',
        place: 'body',
        found: `no end of it within ${patienceMs / 1000} s`,
        expected: 'all of it at once',
      })
      reply.raw.once('close', () => raw.destroy())
      sendProblem(reply.header('connection', 'close'), 408, [fault])
    }
    waiting.set(request, clock.after(patienceMs, refuse))
  })
  // A body that has been parsed is complete; routes read multipart forms themselves.
  app.addHook('preValidation', async request => arrived(request))
  app.addHook('onRequestAbort', async request => arrived(request))
  app.addHook('onResponse', async request => arrived(request))
}
