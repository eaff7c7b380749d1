import type { Socket } from 'node:net'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { CityView } from '../city/api.ts'
import {
  type Certificate,
  type Clock,
  Fault,
  type FaultKinds,
  type Figure,
  type Log,
  newSecret,
  type Part,
  sourceOf,
} from '../foundation/index.ts'
import type { Programs, Staff } from '../staff/index.ts'
import { addDocs } from './docs.ts'
import { httpFaults } from './faults.ts'
import { createGuard } from './guard.ts'
import { metricsRoute } from './health/metrics.ts'
import { healthRoutes } from './health/routes.ts'
import { httpsServers } from './https.ts'
import { addJson } from './json.ts'
import type { Keys } from './keys/keys.ts'
import { createMetrics } from './metrics.ts'
import { addMounts, type Mounts } from './mounts.ts'
import { createNotFoundHandler, type KnownRoute } from './nowhere.ts'
import { keepApart } from './operations.ts'
import { addPages, type ClosedPage } from './pages.ts'
import { createErrorHandler, refuseAddress, refuseGarbage } from './problem.ts'
import type { Kernel, Routes } from './route.ts'
import { scopeSubjects } from './scopes.ts'
import type { App } from './server.ts'
import { addSessions } from './sessions.ts'
import { refuseSlowBodies } from './slow-bodies.ts'
import { sessionRoutes } from './staff/session.ts'
import { addTrail, type Trailing } from './trail/hooks.ts'
import { addUploads } from './uploads.ts'
import { validate } from './validate.ts'

export type AppOptions = {
  readonly apiToken: string
  /** Programs, whose tokens also open /api. */
  readonly programs: Pick<Programs, 'find'>
  /** Keys of 32 bytes that seal session cookies, the newest first; when absent, one is made for this run. */
  readonly sessionKeys?: readonly Uint8Array[]
  /** The keys of this installation, if they may be rotated at run time. */
  readonly keys?: Pick<Keys, 'apiToken'>
  /** Base URL under which people find us; the requested host when absent. */
  readonly publicUrl?: string | undefined
  /** Addresses and networks of reverse proxies that we trust to say who asks; none when absent. */
  readonly trustedProxies?: readonly string[]
  /** Certificate for pages and the API, which are then served over https only; http when absent. */
  readonly https?: Certificate
  readonly log: Log
  readonly clock: Clock
  /** How long the client may take to send a body that is read whole; 30 s when absent. */
  readonly bodyPatienceMs?: number
  /** The city, whose time pages show. */
  readonly city: CityView
  /** Signs members in, and knows whose session a browser holds. */
  readonly staff: Pick<
    Staff,
    'signIn' | 'signOut' | 'openId' | 'who' | 'use' | 'second' | 'notices' | 'hasAdmin'
  >
  /** Records who did what. */
  readonly trail: Trailing
  /** Routes under /api, behind token and session, by subject. */
  readonly api: readonly Routes[]
  /** Routes open to whoever holds a link. */
  readonly open?: readonly Routes[]
  /** The fault codes of all rooms, with their kinds. */
  readonly faults: readonly FaultKinds[]
  readonly figures?: readonly Figure[]
  /** Every part, and whether it is up. */
  health(): Promise<readonly Part[]>
  /** Endpoints that rooms serve themselves. */
  readonly mounts?: Mounts
  /** Whether a connection came in at the operations port; absent when operations have no port of their own. */
  readonly isAtOperations?: (socket: Socket) => boolean
  /** Folder of the built pages, dist/web; no pages when absent. */
  readonly pagesDir?: string
  readonly closedPages?: readonly ClosedPage[]
}

/** Far above a page that refreshes each second; stops a client in a runaway loop. */
const requestsPerMinute = 1200
/** How long browsers must use https only after a visit (RFC 6797). */
const yearS = 365 * 24 * 60 * 60

/** The front desk without a port, so that tests can use `inject`. */
export async function createApp(options: AppOptions): Promise<App> {
  const { apiToken, publicUrl, https, log, staff, mounts, pagesDir } = options
  const metrics = createMetrics(options.figures ?? [])
  const app = fastify({
    bodyLimit: 64 * 1024,
    // Long enough for the largest film over a slow line; smaller bodies have a shorter limit of their own.
    requestTimeout: 300_000,
    forceCloseConnections: true,
    trustProxy: [...(options.trustedProxies ?? [])],
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseGarbage,
    serverFactory: https && httpsServers(https),
  }).withTypeProvider<ZodTypeProvider>()
  const routes: KnownRoute[] = []

  refuseSlowBodies(app, options.clock, options.bodyPatienceMs)
  addJson(app)
  app.setValidatorCompiler(validate)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(createErrorHandler(log, Object.assign({}, httpFaults, ...options.faults)))
  app.addHook('onRoute', route => {
    if (route.schema?.hide === true) return
    for (const method of [route.method].flat().filter(one => one !== 'HEAD'))
      routes.push({ method, url: route.url, isForMembers: route.config?.isForMembers })
  })
  // Logs the route's pattern, never the path: a path can hold a caller's number.
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const ms = Math.round(reply.elapsedTime * 10) / 10
    log.info({ method: request.method, route, status: reply.statusCode, ms }, 'request answered')
    metrics.answered(request.method, route, reply.statusCode, ms)
  })

  if (options.isAtOperations) keepApart(app, options.isAtOperations)
  await app.register(helmet, {
    // If TLS ends at a proxy, these two headers are the proxy's business; sent by us, they would break plain http.
    strictTransportSecurity: https !== undefined && { maxAge: yearS, includeSubDomains: false },
    contentSecurityPolicy: {
      directives: {
        upgradeInsecureRequests: null,
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
      },
    },
  })
  const keys = options.sessionKeys ?? [Buffer.from(newSecret(256), 'base64url')]
  const tokenNow = options.keys?.apiToken ?? (() => apiToken)
  const sessions = await addSessions(app, { keys, publicUrl, isTls: https !== undefined }, staff)
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    // All agents of a hall may share one address, so members are counted by session. A request whose peer has hung
    // up has no address, whatever the type says.
    keyGenerator: request => sessions.nameOf(request) ?? sourceOf(request.ip ?? ''),
    errorResponseBuilder: (_request, limit) =>
      new Fault({
        code: 'too-many-requests',
        place: 'request',
        found: `more than ${limit.max} requests in a minute`,
        expected: `a pause of ${limit.after}`,
      }),
  })
  const kernel: Kernel = {
    sessions,
    publicUrl,
    subjects: () => scopeSubjects(routes.flatMap(({ url, isForMembers }) => (isForMembers ? [] : url))),
  }
  await addDocs(app)

  app.decorateRequest('passing', null)
  const open = [healthRoutes(options), metricsRoute(metrics), ...(options.open ?? [])]
  for (const add of open) add(app, kernel)
  await app.register(async (door: App) => {
    addTrail(door, options.trail)
    sessionRoutes({ staff, clock: options.clock })(door, kernel)
  })
  await app.register(
    async (api: App) => {
      addTrail(api, options.trail)
      api.addHook('onRequest', createGuard(tokenNow, options.programs, sessions, publicUrl, staff))
      api.addHook('onRoute', route => {
        // Routes without query parameters say so explicitly; otherwise a mistyped parameter would be ignored
        // unnoticed.
        route.schema = {
          querystring: z.object({}),
          ...route.schema,
          security: [{ token: [] }, { session: [] }],
        }
      })
      await addUploads(api)
      for (const add of options.api) add(api, kernel)
    },
    { prefix: '/api' },
  )
  if (mounts) await addMounts(app, mounts, kernel, staff, options.trail, options.clock)
  const nowhere =
    pagesDir &&
    (await addPages(
      app,
      pagesDir,
      options.city,
      options.isAtOperations !== undefined,
      options.closedPages ?? [],
    ))
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, createNotFoundHandler(routes, nowhere))
  await app.ready()
  return app
}
