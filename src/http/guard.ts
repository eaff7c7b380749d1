import { createHash, timingSafeEqual } from 'node:crypto'
import type { onRequestHookHandler } from 'fastify'
import { Fault } from '../foundation/index.ts'

/** Lets in who shows the token (RFC 6750, section 2.1), compared in constant time. */
export function createGuard(apiToken: string): onRequestHookHandler {
  const expected = digest(apiToken)
  return async (request, reply) => {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return
    reply.header('www-authenticate', 'Bearer realm="jieting"')
    throw new Fault({
      code: 'token-wrong',
      place: 'header Authorization',
      found: given === undefined ? 'no bearer token' : 'another token',
      expected: '`Bearer` and the token that the first start printed; it lies in DATA_DIR/api-token',
    })
  }
}

/** Equal in length whatever was given, as the comparison asks. */
const digest = (token: string) => createHash('sha256').update(token).digest()
