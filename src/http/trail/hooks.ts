import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Member } from '../../staff/api.ts'
import type { Trail } from '../../trail/index.ts'
import type { App } from '../server.ts'
import { memberIn, writtenAs } from '../sessions.ts'
import type { TrailAsked, TrailMark } from './marks.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The member who signed in or out with this request. */
    passing: Member | null
  }
}

export type Trailing = Pick<Trail, 'write' | 'mark'>

/** Refusals worth recording, since somebody tried to get what is not theirs; malformed requests are not. */
const telling = [401, 403, 404, 409, 422]

/**
 * Records each answered request according to its route's mark.
 * @throws Error when a route without a mark is added, so that the front desk does not open with one
 */
export function addTrail(scope: App, trail: Trailing): void {
  scope.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD' && one !== 'OPTIONS' && config?.trail === undefined)
        throw new Error(`${wayOf(one, url)} does not say what it writes down: \`trail\` in its config`)
  })
  scope.addHook('onResponse', async (request, reply) => note(trail, request, reply))
}

const wayOf = (method: string, url: string) => `${method === 'HEAD' ? 'GET' : method} ${url}`

function note(trail: Trailing, request: FastifyRequest, reply: FastifyReply): void {
  const { url = '', config } = request.routeOptions
  const way = wayOf(request.method, url)
  const mark = config.trail ?? 'nothing'
  const isDone = reply.statusCode < 400
  if (mark === 'nothing' || !(isDone || telling.includes(reply.statusCode))) return
  const asked = askedOf(request)
  const act = typeof mark.act === 'function' ? mark.act(asked) : mark.act
  const who = whoIn(request)
  const isRefusedSignIn = act === 'signed-in' && !isDone
  if (!who && !isRefusedSignIn) return
  trail.write({
    act: isRefusedSignIn ? 'sign-in-refused' : act,
    outcome: isDone ? 'done' : 'refused',
    // The name field of a failed sign-in may hold a password, so only its keyed mark is recorded; it can be
    // searched by whoever knows the text.
    person: who?.person ?? trail.mark(textOf(asked.body.name)),
    role: who?.role ?? '',
    address: request.ip ?? '',
    way,
    about: aboutOf(mark, asked),
    whose: trail.mark(textOf(mark.number?.(asked))),
  })
}

function whoIn({ person, passing }: FastifyRequest) {
  if (passing) return { person: passing.name, role: passing.role }
  return person ? { person: writtenAs(person), role: memberIn(person)?.role ?? 'program' } : undefined
}

const askedOf = ({ params, query, body }: FastifyRequest): TrailAsked => ({
  params: recordOf(params),
  query: recordOf(query),
  body: recordOf(body),
})
const recordOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** The id or order number that the request is about; any other text is left out. */
function aboutOf({ about }: TrailMark, asked: TrailAsked): string {
  const text = textOf(about?.(asked)).replaceAll(' ', '')
  return /^[\w.-]{1,64}$/.test(text) && !/^\+?1\d{10}$/.test(text) ? text : ''
}
