import { z } from 'zod'
import {
  confirmTotpSchema,
  factorParamsSchema,
  newPasskeySchema,
  newTotpSchema,
  passkeyAskedSchema,
  recoverySchema,
  withPasswordSchema,
} from '../../staff/api.ts'
import type { Staff } from '../../staff/index.ts'
import { type Routes, refusals } from '../route.ts'
import { siteOf } from '../sessions.ts'
import { rights } from '../trail/marks.ts'
import { firstOf, heldBy } from './held.ts'

const tags = ['account']
const factor = { ...firstOf, trail: rights(() => 'second-factor') } as const
const asks = { ...firstOf, trail: 'nothing' } as const

/** A member's own second factors: each is begun with the password, and counts once it has been used. */
export const factorRoutes =
  ({ staff }: { readonly staff: Pick<Staff, 'factors'> }): Routes =>
  (app, { publicUrl }) => {
    app.post(
      '/account/totp',
      {
        config: asks,
        schema: {
          tags,
          summary: 'Begin with an app for codes',
          description: 'A secret for it (RFC 6238), good once a code of it has come back.',
          body: withPasswordSchema,
          response: { 200: newTotpSchema, ...refusals(409, 503) },
        },
      },
      async request => staff.factors.beginTotp(heldBy(request), request.body.password),
    )

    app.post(
      '/account/totp/confirm',
      {
        config: factor,
        schema: {
          tags,
          summary: 'Add the app for codes',
          description: 'By the code that it shows. With the first second factor come codes for who loses it.',
          body: confirmTotpSchema,
          response: { 200: recoverySchema, ...refusals(409, 422, 503) },
        },
      },
      async request => {
        const { code, label } = request.body
        return staff.factors.confirmTotp(heldBy(request), code, label)
      },
    )

    app.post(
      '/account/passkeys/options',
      {
        config: asks,
        schema: {
          tags,
          summary: 'Begin with a passkey',
          description: 'For navigator.credentials.create; to be answered within ten minutes, once.',
          body: withPasswordSchema,
          response: { 200: passkeyAskedSchema, ...refusals(409, 503) },
        },
      },
      async request => {
        const site = siteOf(request, publicUrl)
        const options = await staff.factors.beginPasskey(heldBy(request), request.body.password, site)
        return { options: { ...options } }
      },
    )

    app.post(
      '/account/passkeys',
      {
        config: factor,
        schema: {
          tags,
          summary: 'Add a passkey',
          description: 'The answer of the browser to what it was asked.',
          body: newPasskeySchema,
          response: { 200: recoverySchema, ...refusals(409, 503) },
        },
      },
      async request => {
        const { answer, label } = request.body
        return staff.factors.addPasskey(heldBy(request), siteOf(request, publicUrl), answer, label)
      },
    )

    app.post(
      '/account/factors/:id/remove',
      {
        config: factor,
        schema: {
          tags,
          summary: 'Remove a second factor of mine',
          description: 'Not the only one where the role needs one.',
          params: factorParamsSchema,
          body: withPasswordSchema,
          response: { 204: z.undefined().describe('Removed'), ...refusals(404, 409, 503) },
        },
      },
      async (request, reply) => {
        await staff.factors.drop(heldBy(request), request.params.id, request.body.password)
        return reply.code(204).send()
      },
    )

    app.post(
      '/account/recovery',
      {
        config: factor,
        schema: {
          tags,
          summary: 'New codes for who loses the device',
          description: 'Those before are worth nothing any more.',
          body: withPasswordSchema,
          response: { 200: recoverySchema, ...refusals(404, 409, 503) },
        },
      },
      async request => staff.factors.renewRecovery(heldBy(request), request.body.password),
    )
  }
