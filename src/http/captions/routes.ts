import { z } from 'zod'
import { callTranscriptSchema, captionFormatSchema, captionPassSchema } from '../../captions/api.ts'
import type { CaptionRecords } from '../../captions/index.ts'
import { Fault } from '../../foundation/index.ts'
import { callParamsSchema } from '../../telephony/api.ts'
import { type Routes, refusals } from '../route.ts'
import { memberIn } from '../sessions.ts'
import { changed, read } from '../trail/marks.ts'

export const captionRoutes =
  ({ captions }: { readonly captions: CaptionRecords }): Routes =>
  app => {
    app.get(
      '/calls/:id/captions',
      {
        config: { roles: ['supervisor'], trail: read('id') },
        schema: {
          tags: ['captions'],
          summary: 'Read what was said',
          description:
            'The transcript of a call that is up, or of a captioned one that is over, as JSON, WebVTT, SubRip or a page.',
          params: callParamsSchema,
          querystring: captionFormatSchema,
          response: { 200: z.union([callTranscriptSchema, z.string()]), ...refusals(404, 503) },
        },
      },
      async (request, reply) => {
        const { id } = request.params
        const { format } = request.query
        if (format === 'json') {
          const shown = await captions.show(id)
          if (shown) return shown
        } else {
          const file = await captions.file(id, format)
          if (file) return reply.type(file.type).send(file.body)
        }
        throw unknown(id)
      },
    )

    app.post(
      '/calls/:id/captions',
      {
        config: { trail: changed('id') },
        schema: {
          tags: ['captions'],
          summary: 'Switch captions on',
          description:
            'Gives the code to read to the caller, the link for a text message, and the path of the socket by which a seat reads both sides, types to the caller and puts words right.',
          params: callParamsSchema,
          response: { 200: captionPassSchema, ...refusals(409) },
        },
      },
      ({ person, params }) => captions.open(params.id, memberIn(person)?.name),
    )
  }

const unknown = (id: string) =>
  new Fault({
    code: 'captions-unknown',
    place: 'params.id',
    found: `no transcript of ${id}`,
    expected: 'a call that is up, or one that was captioned and is still kept',
  })
