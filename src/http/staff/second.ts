import type { FastifyRequest } from 'fastify'
import { Fault } from '../../foundation/index.ts'
import type { SessionView } from '../../staff/api.ts'
import { codeSchema, passkeyAskedSchema, passkeyProofSchema, sessionSchema } from '../../staff/api.ts'
import type { CameFrom, HeldSession, SignedIn, Staff } from '../../staff/index.ts'
import { problemSchema } from '../api.ts'
import type { Routes } from '../route.ts'
import { refuseOtherOrigins, siteOf } from '../sessions.ts'

const pace = { rateLimit: { max: 60, timeWindow: 60_000 } }
const tags = ['session']
const problems = {
  400: problemSchema,
  401: problemSchema,
  403: problemSchema,
  409: problemSchema,
  429: problemSchema,
  503: problemSchema,
}

/** The second step of a sign-in by password: an app's code, a recovery code, or a passkey. */
export const secondStepRoutes =
  ({
    staff,
    begin,
    cameFrom,
    shown,
  }: {
    readonly staff: Pick<Staff, 'second' | 'who'>
    readonly begin: (request: FastifyRequest, signed: SignedIn) => Promise<void>
    readonly cameFrom: (request: FastifyRequest) => CameFrom
    readonly shown: (held: HeldSession | undefined) => Promise<SessionView>
  }): Routes =>
  (app, { sessions, publicUrl }) => {
    const onRequest = async (request: FastifyRequest) => refuseOtherOrigins(request, publicUrl, false)

    /** The member who has done the first step; the outcome is recorded under their name. */
    async function halfOf(request: FastifyRequest): Promise<HeldSession> {
      const held = await sessions.heldBy(request)
      if (held?.owes !== 'second-factor') throw noFirstStep()
      request.passing = held.member
      return held
    }
    async function enter(request: FastifyRequest, signed: SignedIn) {
      await begin(request, signed)
      return shown(await staff.who(signed.secret))
    }

    app.post(
      '/session/second',
      {
        config: { ...pace, trail: { act: 'signed-in' } },
        schema: {
          tags,
          summary: 'Sign in, second step',
          description: 'By the code that an app shows, or one for who has lost it. Each is good once.',
          body: codeSchema,
          response: { 200: sessionSchema, ...problems },
        },
        onRequest,
      },
      async request => {
        const held = await halfOf(request)
        const browser = sessions.knows(request, held.member.name)
        return enter(request, await staff.second.byCode(held, request.body.code, cameFrom(request), browser))
      },
    )

    app.post(
      '/session/second/passkey/options',
      {
        config: { ...pace, trail: 'nothing' },
        schema: {
          tags,
          summary: 'What a passkey is asked',
          description: 'For navigator.credentials.get; to be answered within ten minutes, once.',
          response: { 200: passkeyAskedSchema, ...problems },
        },
        onRequest,
      },
      async request => {
        const held = await halfOf(request)
        const options = await staff.second.askPasskey(held, siteOf(request, publicUrl))
        return { options: { ...options } }
      },
    )

    app.post(
      '/session/second/passkey',
      {
        config: { ...pace, trail: { act: 'signed-in' } },
        schema: {
          tags,
          summary: 'Sign in, second step, by passkey',
          description: 'The answer of the browser to what it was asked.',
          body: passkeyProofSchema,
          response: { 200: sessionSchema, ...problems },
        },
        onRequest,
      },
      async request => {
        const held = await halfOf(request)
        const site = siteOf(request, publicUrl)
        return enter(
          request,
          await staff.second.byPasskey(held, site, request.body.answer, cameFrom(request)),
        )
      },
    )
  }

const noFirstStep = () =>
  new Fault({
    code: 'sign-in-refused',
    place: 'session',
    found: 'nobody who has given their password',
    expected: 'to begin with it, by POST /session',
  })
