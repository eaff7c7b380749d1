import { Fault } from '../foundation/index.ts'
import type { App } from './server.ts'

/**
 * JSON must be UTF-8 (RFC 8259, section 8.1). A body in GBK would otherwise be decoded with replacement characters,
 * and its words would be lost.
 */
export function addJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      parse(request, new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer), done)
    } catch {
      done(
        new Fault({
          code: 'request-invalid',
          place: 'body',
          found: 'bytes that are no UTF-8, as of GBK or GB18030',
          expected: 'JSON in UTF-8',
        }),
      )
    }
  })
}
