import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { errorText, Fault, FaultList, type Log, reasonOf } from '../foundation/index.ts'
import type { Problem } from './api.ts'

/** The status of a fault by its code (RFC 9110, section 15); what is not listed here was wrong in the request: 422. */
const statusOf: Readonly<Record<string, number>> = {
  'request-invalid': 400,
  'token-wrong': 401,
  'sign-in-refused': 401,
  'openid-refused': 401,
  'origin-refused': 403,
  'role-wrong': 403,
  'openid-no-role': 403,
  'openid-name': 403,
  'member-needed': 403,
  'member-unknown': 404,
  'member-exists': 409,
  'route-unknown': 404,
  'link-unknown': 404,
  'campaign-unknown': 404,
  'campaign-state': 409,
  'survey-unknown': 404,
  'exclusion-asked': 409,
  'exclusion-missing': 409,
  'exclusion-alone': 409,
  'call-unknown': 404,
  'captions-unknown': 404,
  'call-not-up': 409,
  'seat-unknown': 404,
  'flow-unknown': 404,
  'version-unknown': 404,
  'no-trial': 409,
  'nothing-before': 409,
  'flows-changed': 409,
  'seat-exists': 409,
  'seat-busy': 409,
  'seat-unreachable': 409,
  'order-unknown': 404,
  'order-of-another-unit': 403,
  'order-open-already': 409,
  'order-stage': 409,
  'order-unsigned': 409,
  'order-led': 409,
  'nothing-changes': 409,
  'return-refused': 409,
  'extension-asked': 409,
  'extension-not-asked': 409,
  'extension-refused': 409,
  'contact-settled': 409,
  'code-wrong': 409,
  'code-over': 409,
  'code-too-often': 429,
  'text-failed': 503,
  'evidence-unknown': 404,
  'evidence-full': 409,
  'evidence-known': 409,
  'evidence-type': 415,
  'evidence-too-big': 413,
  'evidence-lost': 500,
  'survey-open': 409,
  'clock-moved-back': 503,
  'orders-full': 503,
  busy: 409,
  'no-answer': 409,
  rejected: 409,
  unreachable: 409,
  'already-dialled': 409,
  'too-many-requests': 429,
  'too-many-tries': 429,
  'openid-away': 503,
  'media-full': 503,
  'line-down': 503,
  'no-trunk': 503,
  'database-away': 503,
  'database-late': 503,
  'caller-late': 503,
  'statement-refused': 500,
  'row-unexpected': 500,
  'internal-error': 500,
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not understood',
  401: 'Nobody is let in by this',
  403: 'Not allowed',
  404: 'No such thing',
  409: 'Not possible now',
  413: 'Too big',
  415: 'Of a kind that is not taken',
  422: 'The request cannot be done',
  429: 'Too many requests',
  500: 'Something broke on our side',
  503: 'A part of the house is down',
}

/** Answers whatever a route threw; only a fault is repeated, since another error's text can hold what a caller said. */
export function createErrorHandler(log: Log) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const faults = faultsOf(error)
    const status = statusOf[faults[0]?.code ?? ''] ?? 422
    if (status >= 500) {
      log.error({ route: request.routeOptions.url ?? 'none', reason: reasonOf(error) }, 'request failed')
    }
    return sendProblem(reply, status, faults)
  }
}

/** Says what there is to whoever asks for what there is not: to a program all routes, to a person a page. */
export function createNotFoundHandler(routes: readonly string[], page: string | undefined) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    if (page && wantsPage(request)) return reply.code(404).type('text/html; charset=utf-8').send(page)
    return sendProblem(reply, 404, [
      new Fault({
        code: 'route-unknown',
        place: `${request.method} ${request.url.split('?')[0]}`,
        found: 'no such route',
        expected: `one of ${routes.join(', ')}; all are described at /docs`,
      }),
    ])
  }
}

/** Browsers name what they show (RFC 9110, section 12.5.1); programs take anything, or ask for JSON. */
const wantsPage = ({ method, headers }: FastifyRequest) =>
  (method === 'GET' || method === 'HEAD') && /\btext\/html\b/.test(headers.accept ?? '')

function sendProblem(reply: FastifyReply, status: number, faults: readonly Fault[]) {
  const problem: Problem = {
    type: `urn:jieting:fault:${faults[0]?.code}`,
    title: titles[status] ?? 'The request failed',
    status,
    detail: faults.map(fault => fault.message).join('\n'),
    faults: faults.map(({ code, place, found, expected }) => ({ code, place, found, expected })),
  }
  // Already a string, so that a route's own schemas do not try to shape it.
  return reply.code(status).type('application/problem+json').send(JSON.stringify(problem))
}

function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof Fault) return [error]
  if (error instanceof FaultList) return error.faults
  const status = error instanceof Error ? (error as FastifyError).statusCode : undefined
  if (status !== undefined && status >= 400 && status < 500) {
    return [
      new Fault({
        code: 'request-invalid',
        place: 'request',
        found: errorText(error),
        expected: 'JSON as described at /docs',
      }),
    ]
  }
  return [
    new Fault({
      code: 'internal-error',
      place: 'server',
      found: 'an error that nobody foresaw',
      expected: 'an answer; the log has the reason',
    }),
  ]
}
