import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Member } from '../../staff/api.ts'
import type { Trail } from '../../trail/index.ts'
import type { App } from '../server.ts'
import { memberIn, writtenAs } from '../sessions.ts'
import type { TrailAsked, TrailMark } from './marks.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who came in or went out by this request. */
    passing: Member | null
  }
}

export type Trailing = Pick<Trail, 'write' | 'mark'>

/** Refusals that tell of somebody who wanted what is not theirs; what was mistyped is no such thing. */
const telling = [401, 403, 404, 409, 422]

/**
 * Each request to a route of ours is written down as its mark says, once it is answered.
 * @throws Error, when it is added, for a route that says nothing: the front desk does not open with it
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
    // What was typed for a name may be a password: only who knows it finds it again.
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

/** An id as this house makes them, or an order's number as people type it; whatever else it is goes unsaid. */
function aboutOf({ about }: TrailMark, asked: TrailAsked): string {
  const text = textOf(about?.(asked)).replaceAll(' ', '')
  return /^[\w.-]{1,64}$/.test(text) && !/^\+?1\d{10}$/.test(text) ? text : ''
}
