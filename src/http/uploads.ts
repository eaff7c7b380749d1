import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Fault } from '../foundation/index.ts'
import type { OfferedFile } from '../foundation/schema.ts'
import type { App } from './server.ts'

const mostFiles = 20

/** Lets routes in this scope accept file uploads (RFC 7578). */
export async function addUploads(app: App): Promise<void> {
  await app.register(multipart, { throwFileSizeLimit: false, limits: { files: mostFiles, fields: 0 } })
}

/**
 * The files of a request, one at a time. A consumer may stop within a file: the rest is drained, so that a browser
 * still sending gets the answer.
 * @param mostBytes per file; one byte more is passed on, so that the consumer can tell
 */
export async function* uploadsOf(request: FastifyRequest, mostBytes: number): AsyncIterable<OfferedFile> {
  if (!request.isMultipart())
    throw new Fault({
      code: 'body-type-wrong',
      place: 'header Content-Type',
      found: request.headers['content-type'] ?? 'nothing',
      expected: 'files as multipart/form-data',
    })
  let count = 0
  for await (const { filename, file } of request.files({ limits: { fileSize: mostBytes + 1 } })) {
    count++
    yield { name: filename, bytes: file.iterator({ destroyOnReturn: false }) }
    file.resume()
  }
  if (count === 0)
    throw new Fault({ code: 'request-invalid', place: 'body', found: 'no file', expected: 'at least one' })
}
