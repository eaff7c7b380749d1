import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import {
  errorText,
  Fault,
  type FaultKind,
  type FaultKinds,
  FaultList,
  type Log,
  reasonOf,
} from '../foundation/index.ts'
import type { Problem } from './api.ts'

/** The HTTP status of each kind of fault (RFC 9110, section 15). */
const statusOf: Readonly<Record<FaultKind, number>> = {
  malformed: 400,
  unsigned: 401,
  forbidden: 403,
  missing: 404,
  'wrong-method': 405,
  conflict: 409,
  'too-big': 413,
  'wrong-type': 415,
  invalid: 422,
  'too-often': 429,
  ours: 500,
  away: 503,
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is malformed',
  401: 'Not signed in, or the token is wrong',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not supported',
  408: 'The request did not arrive in time',
  409: 'Not possible in the present state',
  413: 'Too big',
  415: 'Media type not supported',
  422: 'The request cannot be carried out',
  429: 'Too many requests',
  431: 'Too many headers',
  500: 'Something broke on our side',
  503: 'Part of the service is unavailable',
}

/**
 * Answers what a route threw. Only faults are quoted: the text of any other error may hold a caller's words.
 * @param kinds the kinds of all rooms' codes; an unknown code is a failure of our own
 */
export function createErrorHandler(log: Log, kinds: FaultKinds) {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const faults = faultsOf(error, request)
    const status = statusOf[kinds[faults[0]?.code ?? ''] ?? 'ours']
    // An alarm already reports a part that is away; any other 5xx is a bug of ours.
    const level = status === 503 ? 'warn' : 'error'
    if (status >= 500)
      log[level]({ route: request.routeOptions.url ?? 'none', reason: reasonOf(error) }, 'request failed')
    return sendProblem(reply, status, faults)
  }
}

/** Answers requests whose address cannot be routed: its escapes are malformed, or a part of it is too long. */
export const refuseAddress = (_error: unknown, _request: FastifyRequest, reply: FastifyReply) =>
  sendProblem(reply, 400, [unreadable('an address that is none of ours, or cannot be decoded')])

/**
 * Answers data that is not HTTP, or has too many headers (RFC 6585, section 5), and hangs up; at that point there
 * is no reply object.
 */
export function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, found] = garbage[error.code ?? ''] ?? [400, 'what is no HTTP']
  const text = problemText(status, [unreadable(found)])
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}

const garbage: Readonly<Record<string, readonly [status: number, found: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'more than 16 kB of headers'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'no end of it for minutes'],
}

const unreadable = (found: string) =>
  new Fault({ code: 'request-invalid', place: 'request', found, expected: 'HTTP as described at /docs' })

const problemType = 'application/problem+json'

// The body is sent as a string, so that a route's own schemas do not serialize it.
export const sendProblem = (reply: FastifyReply, status: number, faults: readonly Fault[]) =>
  reply.code(status).type(problemType).send(problemText(status, faults))

function problemText(status: number, faults: readonly Fault[]): string {
  const problem: Problem = {
    type: `urn:jieting:fault:${faults[0]?.code}`,
    title: titles[status] ?? 'The request failed',
    status,
    detail: faults.map(fault => fault.message).join('\n'),
    faults: faults.map(({ code, place, found, expected }) => ({ code, place, found, expected })),
  }
  return JSON.stringify(problem)
}

function faultsOf(error: unknown, request: FastifyRequest): readonly Fault[] {
  if (error instanceof Fault) return [error]
  if (error instanceof FaultList) return error.faults
  const { statusCode: status, code } = error instanceof Error ? (error as FastifyError) : {}
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return [tooBig(request)]
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return [wrongType(request)]
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

function tooBig({ headers, routeOptions }: FastifyRequest): Fault {
  const said = headers['content-length']
  return new Fault({
    code: 'body-too-big',
    place: 'body',
    found: said === undefined ? 'more bytes than are taken' : `${said} bytes`,
    expected: `at most ${routeOptions.bodyLimit} bytes`,
  })
}

const wrongType = ({ headers }: FastifyRequest) =>
  new Fault({
    code: 'body-type-wrong',
    place: 'header Content-Type',
    found: headers['content-type'] ? `"${headers['content-type']}"` : 'nothing',
    expected: '"application/json"',
  })
