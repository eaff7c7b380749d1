import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault, nearest } from '../foundation/index.ts'
import { sendProblem } from './problem.ts'

/** A registered route; its url is a pattern such as `/api/calls/:id`. */
export type KnownRoute = { readonly method: string; readonly url: string; readonly isForMembers?: boolean }

const mostNamed = 5

/**
 * Answers requests for unknown routes: people get a page, programs the most similar routes or, if only the method
 * is wrong, the allowed methods (RFC 9110, section 15.5.6).
 */
export function createNotFoundHandler(routes: readonly KnownRoute[], page: string | undefined) {
  const patterns = routes.map(route => ({ ...route, pattern: patternOf(route.url) }))
  const named = routes.map(({ method, url }) => `${method} ${url}`)
  return (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0] ?? ''
    const here = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)
    const methods = [...new Set(here)].filter(method => method !== request.method)
    const place = `${request.method} ${path}`
    if (methods.length > 0) {
      reply.header('allow', [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '))
      return sendProblem(reply, 405, [
        new Fault({
          code: 'method-unknown',
          place,
          found: request.method,
          expected: `one of ${methods.join(', ')}`,
        }),
      ])
    }
    if (page && wantsPage(request)) return reply.code(404).type('text/html; charset=utf-8').send(page)
    return sendProblem(reply, 404, [
      new Fault({
        code: 'route-unknown',
        place,
        found: 'no such route',
        expected: `another route, as ${nearest(place, named, mostNamed).join(', ')}; all are described at /docs`,
      }),
    ])
  }
}

const patternOf = (url: string) =>
  new RegExp(
    `^${url
      .split('/')
      .map(part =>
        part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
      )
      .join('/')}$`,
  )

/** Browsers ask for HTML explicitly (RFC 9110, section 12.5.1); programs accept anything, or ask for JSON. */
const wantsPage = ({ method, headers }: FastifyRequest) =>
  (method === 'GET' || method === 'HEAD') && /\btext\/html\b/.test(headers.accept ?? '')
