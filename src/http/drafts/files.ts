import { draftFileParamsSchema, draftParamsSchema, draftSchema } from '../../drafts/api.ts'
import type { Drafts } from '../../drafts/index.ts'
import type { Orders } from '../../orders/index.ts'
import { type Routes, refusals } from '../route.ts'
import { writtenAs } from '../sessions.ts'
import { changed } from '../trail/marks.ts'
import { uploadsOf } from '../uploads.ts'
import { readerOf } from './reader.ts'

const tags = ['drafts']
const agents = { roles: ['seat', 'supervisor'] as const }

type Dependencies = {
  readonly drafts: Pick<Drafts, 'allow' | 'files'>
  readonly orders: { readonly evidence: Pick<Orders['evidence'], 'mostBytes'> }
}

/** Files that citizens give while their order is still a draft. */
export const draftFileRoutes =
  ({ drafts: { allow, files }, orders }: Dependencies): Routes =>
  app => {
    app.post(
      '/drafts/:id/files',
      {
        config: { ...agents, trail: changed('id') },
        schema: {
          tags,
          summary: 'Attach files to a draft',
          description:
            'As multipart/form-data, all or none of them, by the rules of evidence. The order that is made of it shows them, as the citizen gave them.',
          consumes: ['multipart/form-data'],
          params: draftParamsSchema,
          response: { 200: draftSchema, ...refusals(404, 409, 413, 415, 422, 503) },
        },
      },
      async request => {
        await allow(readerOf(request), request.params)
        return files.add(
          request.params.id,
          uploadsOf(request, orders.evidence.mostBytes()),
          writtenAs(request.person),
        )
      },
    )

    app.delete(
      '/drafts/:id/files/:hash',
      {
        config: { ...agents, trail: changed('id') },
        schema: {
          tags,
          summary: 'Take a file off a draft',
          description: 'Its bytes are gone.',
          params: draftFileParamsSchema,
          response: { 200: draftSchema, ...refusals(404, 409, 422, 503) },
        },
      },
      async request => {
        const { id, hash } = request.params
        await allow(readerOf(request), { id })
        return files.drop(id, hash, writtenAs(request.person))
      },
    )
  }
