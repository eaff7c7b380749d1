import type { FastifyRequest } from 'fastify'
import { type Cancel, type Clock, Fault } from '../foundation/index.ts'
import { sendProblem } from './problem.ts'
import type { App } from './server.ts'

/** For a body that is read whole: 64 kB over the slowest of telephones. Files have as long as any request (`requestTimeout`). */
const usualPatienceMs = 30_000

/** Whoever lets a body drip holds a connection and what waits for it: they are told, and it is closed. */
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
  // What is parsed by then came whole; a form with files is read by its route.
  app.addHook('preValidation', async request => arrived(request))
  app.addHook('onRequestAbort', async request => arrived(request))
  app.addHook('onResponse', async request => arrived(request))
}
