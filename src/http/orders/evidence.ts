import { Readable } from 'node:stream'
import { z } from 'zod'
import {
  evidenceParamsSchema,
  orderActorSchema,
  orderDetailSchema,
  orderParamsSchema,
} from '../../orders/api.ts'
import { type Routes, refusals } from '../route.ts'
import { changed, param } from '../trail/marks.ts'
import { uploadsOf } from '../uploads.ts'
import { actorOf, readerOf } from './actor.ts'
import type { OrderDependencies } from './routes.ts'
import { detailFor } from './view.ts'

const tags = ['orders']

/** Types that a browser may show inline; others are downloaded. All are sandboxed (CSP `sandbox`). */
const isShown = (type: string) => /^(image|audio)\//.test(type)

export const evidenceRoutes =
  (dependencies: OrderDependencies): Routes =>
  app => {
    const { orders } = dependencies
    const detail = detailFor(dependencies)
    app.post(
      '/orders/:number/evidence',
      {
        config: { roles: ['unit', 'seat', 'supervisor'], trail: changed('number') },
        schema: {
          tags,
          summary: 'Show what was done, or what is wrong',
          description:
            'Photos, documents, recordings as multipart/form-data, all or none of them: of what was done, by the unit that leads; of what is wrong, by the centre, as the citizen gave them, which closes nothing. What a file is, its bytes say. A program states who acts in the query.',
          consumes: ['multipart/form-data'],
          params: orderParamsSchema,
          querystring: orderActorSchema.partial(),
          response: { 200: orderDetailSchema, ...refusals(404, 409, 413, 415, 422, 503) },
        },
      },
      async request => {
        const stated = orderActorSchema.safeParse(request.query)
        const by = actorOf(request.person, stated.success ? stated.data : undefined)
        const files = uploadsOf(request, orders.evidence.mostBytes())
        return detail(await orders.evidence.add(request.params.number, files, by), by)
      },
    )

    app.get(
      '/orders/:number/evidence/:hash',
      {
        config: {
          roles: ['seat', 'dispatcher', 'supervisor', 'unit'],
          trail: { act: 'opened', about: param('number') },
        },
        schema: {
          tags,
          summary: 'Open a piece of evidence',
          description: 'The file as it was given, for whoever may see the order.',
          params: evidenceParamsSchema,
          response: { 200: z.unknown().describe('The file'), ...refusals(404, 422, 503) },
        },
      },
      async (request, reply) => {
        const { number, hash } = request.params
        const { piece, bytes } = await orders.evidence.open(number, hash, readerOf(request.person))
        return (
          reply
            .type(piece.type)
            // Scripts in the file do not run, and it cannot pass for one of our pages.
            .header('content-security-policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'")
            .header('x-content-type-options', 'nosniff')
            .header('content-length', piece.bytes)
            .header('content-disposition', dispositionOf(piece))
            .header('cache-control', 'private, no-store')
            .send(Readable.from(bytes))
        )
      },
    )
  }

/** A file name in any script (RFC 6266, RFC 8187). */
function dispositionOf({ name, type }: { readonly name: string; readonly type: string }): string {
  const coded = encodeURIComponent(name).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${isShown(type) ? 'inline' : 'attachment'}; filename="evidence"; filename*=UTF-8''${coded}`
}
