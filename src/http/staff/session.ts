import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type Clock, Fault } from '../../foundation/index.ts'
import { type SessionView, sessionSchema, signInSchema } from '../../staff/api.ts'
import type { HeldSession, SignedIn, Staff } from '../../staff/index.ts'
import { problemSchema } from '../api.ts'
import type { Routes } from '../route.ts'
import { refuseOtherOrigins } from '../sessions.ts'
import { secondStepRoutes } from './second.ts'

const perMinute = 60
const pace = { rateLimit: { max: perMinute, timeWindow: 60_000 } }
const tags = ['session']
const problems = { 400: problemSchema, 403: problemSchema, 429: problemSchema, 503: problemSchema }

/** Sign-in and sign-out: the only routes open to people who are not signed in. */
export const sessionRoutes =
  ({
    staff,
    clock,
  }: {
    readonly staff: Pick<Staff, 'signIn' | 'signOut' | 'openId' | 'who' | 'second'>
    readonly clock: Clock
  }): Routes =>
  (app, kernel) => {
    const { sessions, publicUrl } = kernel
    const openId = staff.openId
    const ways = { openId: openId !== undefined }
    const shown = async (held: HeldSession | undefined): Promise<SessionView> => {
      if (!held) return ways
      const { member, owes, idleEndsAtMs, endsAtMs } = held
      const second = owes === 'second-factor' ? await staff.second.ways(member.name) : undefined
      return { ...ways, member, owes, second, idleEndsAtMs, endsAtMs, nowMs: clock.now() }
    }
    const cameFrom = ({ ip, headers }: FastifyRequest) => ({ address: ip, userAgent: headers['user-agent'] })
    const placeOf = (request: FastifyRequest) =>
      publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`

    /** Signs out whoever was signed in on this browser before. */
    const begin = async (request: FastifyRequest, { secret, member, isHalf }: SignedIn) => {
      const before = sessions.begin(request, secret, isHalf ? undefined : member.name)
      if (before !== undefined) await staff.signOut(before)
    }

    app.get(
      '/session',
      {
        config: { trail: 'nothing' },
        schema: {
          tags,
          summary: 'Who am I?',
          description: 'Who has signed in in this browser, if anybody, and by which ways one can.',
          response: { 200: sessionSchema, ...problems },
        },
      },
      async request => shown(await sessions.heldBy(request)),
    )

    app.post(
      '/session/use',
      {
        config: { trail: 'nothing' },
        schema: {
          tags,
          summary: 'I am here',
          description:
            'Said by a page while somebody is at it: what a page asks by itself keeps no session. Says when it ends now.',
          response: { 200: sessionSchema, ...problems },
        },
        onRequest: async request => refuseOtherOrigins(request, publicUrl, false),
      },
      async request => {
        const held = await sessions.heldBy(request)
        if (held) sessions.use(held.session)
        return shown(held && (await sessions.heldBy(request)))
      },
    )

    app.post(
      '/session',
      {
        config: { ...pace, trail: { act: 'signed-in' } },
        schema: {
          tags,
          summary: 'Sign in',
          description:
            'By name and password. The session lies in a cookie. Who is wrong often waits, by name and by address.',
          body: signInSchema,
          response: { 200: sessionSchema, 401: problemSchema, ...problems },
        },
        onRequest: async request => refuseOtherOrigins(request, publicUrl, false),
      },
      async request => {
        const { name, password } = request.body
        const signed = await staff.signIn(name, password, cameFrom(request), sessions.knows(request, name))
        await begin(request, signed)
        if (!signed.isHalf) request.passing = signed.member
        return shown(await staff.who(signed.secret))
      },
    )

    secondStepRoutes({ staff, begin, cameFrom, shown })(app, kernel)

    app.delete(
      '/session',
      {
        config: { trail: { act: 'signed-out' } },
        schema: {
          tags,
          summary: 'Sign out',
          description: 'Here; sessions in other browsers go on.',
          response: { 204: z.undefined().describe('Signed out'), ...problems },
        },
        onRequest: async request => refuseOtherOrigins(request, publicUrl, false),
      },
      async (request, reply) => {
        request.passing = (await sessions.heldBy(request).catch(() => undefined))?.member ?? null
        const secret = sessions.end(request)
        if (secret !== undefined) await staff.signOut(secret)
        return reply.code(204).send()
      },
    )

    if (!openId) return

    app.get(
      '/session/openid',
      {
        config: { ...pace, trail: 'nothing' },
        schema: { hide: true, querystring: z.object({ to: z.string().max(200).default('/') }) },
      },
      async (request, reply) => {
        const { to, journey } = await openId.leave(`${placeOf(request)}/session/openid/back`)
        sessions.leave(request, { ...journey, to: ownPath(request.query.to) })
        return reply.redirect(to)
      },
    )

    const back = { ...pace, trail: { act: 'signed-in' } } as const
    app.get('/session/openid/back', { config: back, schema: { hide: true } }, async (request, reply) => {
      const journey = sessions.arrive(request)
      if (!journey) throw noJourney()
      const signed = await openId.arrive(cameFrom(request), `${placeOf(request)}${request.url}`, journey)
      await begin(request, signed)
      request.passing = signed.member
      return reply.redirect(journey.to)
    })
  }

/** A path on our own site, so that a fresh sign-in cannot be redirected to a look-alike page elsewhere. */
function ownPath(to: string): string {
  const base = 'http://own.invalid'
  const read = URL.canParse(to, base) ? new URL(to, base) : undefined
  return read?.origin === base ? `${read.pathname}${read.search}` : '/'
}

const noJourney = () =>
  new Fault({
    code: 'openid-refused',
    place: 'the way back from the provider',
    found: 'a browser that did not leave from here',
    expected: 'to begin at the sign-in page',
  })
