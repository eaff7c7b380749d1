import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { type Clock, Fault, type Log, newSecret } from '../foundation/index.ts'
import { addDocs } from './docs.ts'
import type { FrontDeskDoors } from './doors.ts'
import { createGuard } from './guard.ts'
import { addJson } from './json.ts'
import { createMetrics } from './metrics.ts'
import { addMounts, type Mounts } from './mounts.ts'
import { addPages } from './pages.ts'
import { createErrorHandler, createNotFoundHandler } from './problem.ts'
import type { App, Routes } from './route.ts'
import { callerRoutes } from './routes/callers.ts'
import { callRoutes } from './routes/calls.ts'
import { captionRoutes } from './routes/captions.ts'
import { cityRoutes } from './routes/city.ts'
import { dialRoutes } from './routes/dial.ts'
import { evidenceRoutes } from './routes/evidence.ts'
import { flowRoutes } from './routes/flows.ts'
import { healthRoutes } from './routes/health.ts'
import { metricsRoute } from './routes/metrics.ts'
import { orderRoutes } from './routes/orders.ts'
import { seatRoutes } from './routes/seats.ts'
import { sessionRoutes } from './routes/session.ts'
import { staffRoutes } from './routes/staff.ts'
import { linkRoutes, surveyRoutes } from './routes/surveys.ts'
import { addSessions } from './sessions.ts'
import { addUploads } from './uploads.ts'
import { validate } from './validate.ts'

export type AppOptions = {
  readonly apiToken: string
  /** 32 bytes that seal the cookies of who signs in; made for as long as this runs when absent. */
  readonly sessionKey?: Uint8Array
  /** Where people find us; the host they ask for when absent. */
  readonly publicUrl?: string | undefined
  /** Addresses and networks of proxies in front of us, whose word on who asks is taken; none when absent. */
  readonly trustedProxies?: readonly string[]
  readonly log: Log
  readonly clock: Clock
  readonly doors: FrontDeskDoors
  /** Short service numbers that POST /api/dial may ring beside E.164 ones; none when absent. */
  readonly shortNumbers?: readonly string[]
  /** What rooms serve by themselves. */
  readonly mounts?: Mounts
  /** The built pages, as dist/web; none when absent. */
  readonly pagesDir?: string
}

/** Everything under /api, behind the token: one file a resource. */
const guarded: readonly Routes[] = [
  callRoutes,
  captionRoutes,
  seatRoutes,
  callerRoutes,
  cityRoutes,
  dialRoutes,
  flowRoutes,
  orderRoutes,
  evidenceRoutes,
  staffRoutes,
  surveyRoutes,
]

/** A page that refreshes each second stays far below; a loop that has run wild is stopped. */
const requestsPerMinute = 1200

/** The front desk without its port: what a test can ask by `inject`. */
export async function createApp(options: AppOptions): Promise<App> {
  const { apiToken, publicUrl, log, clock, doors, shortNumbers = [], mounts, pagesDir } = options
  const context = { doors, shortNumbers, publicUrl }
  const metrics = createMetrics(doors.figures)
  const app = fastify({
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    trustProxy: [...(options.trustedProxies ?? [])],
  }).withTypeProvider<ZodTypeProvider>()
  const routes: string[] = []

  addJson(app)
  app.setValidatorCompiler(validate)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(createErrorHandler(log))
  app.addHook('onRoute', route => {
    if (route.method !== 'HEAD' && route.schema?.hide !== true) routes.push(`${route.method} ${route.url}`)
  })
  // The pattern, never the path: a path can hold a caller's number.
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const ms = Math.round(reply.elapsedTime * 10) / 10
    log.info({ method: request.method, route, status: reply.statusCode, ms }, 'request answered')
    metrics.answered(request.method, route, reply.statusCode, ms)
  })

  await app.register(helmet, {
    // TLS ends before us, at a proxy whose business these two are; said here, they would break plain http.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      directives: {
        upgradeInsecureRequests: null,
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
      },
    },
  })
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, limit) =>
      new Fault({
        code: 'too-many-requests',
        place: 'request',
        found: `more than ${limit.max} requests in a minute`,
        expected: `a pause of ${limit.after}`,
      }),
  })
  const key = options.sessionKey ?? Buffer.from(newSecret(256), 'base64url')
  const sessions = await addSessions(app, { key, publicUrl }, doors.staff)
  await addDocs(app)

  healthRoutes(app, context, clock)
  metricsRoute(app, metrics)
  sessionRoutes(app, context, sessions)
  linkRoutes(app, context)
  await app.register(
    async (api: App) => {
      api.addHook('onRequest', createGuard(apiToken, sessions, publicUrl))
      api.addHook('onRoute', route => {
        route.schema = { ...route.schema, security: [{ token: [] }, { session: [] }] }
      })
      await addUploads(api)
      for (const add of guarded) add(api, context)
    },
    { prefix: '/api' },
  )
  if (mounts) await addMounts(app, mounts, sessions, context)
  const nowhere = pagesDir && (await addPages(app, pagesDir, doors.city))
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, createNotFoundHandler(routes, nowhere))
  await app.ready()
  return app
}
