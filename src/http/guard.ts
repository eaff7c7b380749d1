import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { Fault } from '../foundation/index.ts'
import { owedFault, type Programs, type Staff } from '../staff/index.ts'
import { changesRights, checkScope } from './scopes.ts'
import { type BrowserSessions, checkRole, memberIn, refuseOtherOrigins, writtenAs } from './sessions.ts'

const changesNothing = ['GET', 'HEAD', 'OPTIONS']

/**
 * Lets in a program that shows a token (RFC 6750, section 2.1): the installation's own, compared in constant time, or one
 * with a scope for the route; and whoever has signed in and has a role that the route names.
 */
export function createGuard(
  apiToken: () => string,
  programs: Pick<Programs, 'find'>,
  sessions: BrowserSessions,
  publicUrl: string | undefined,
  staff: Pick<Staff, 'hasAdmin'>,
): onRequestHookHandler {
  return async (request, reply) => {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (given !== undefined && timingSafeEqual(digest(given), digest(apiToken()))) {
      request.person = { program: 'program' }
      refuseProgram(request)
      await refuseAfterTheFirst(request, staff)
      return
    }
    const program = given === undefined ? undefined : await programs.find(given)
    if (program) {
      request.person = { program: `program:${program.name}`, scopes: program.scopes }
      refuseProgram(request)
      checkScope(request, request.person)
      return
    }
    // Who shows a token is a program; a browser that is made to send a wrong one gets no second chance by its cookie.
    const { roles, isOpenToOwing = false } = request.routeOptions.config
    const session = given === undefined ? await sessions.heldBy(request) : undefined
    if (session) {
      // Whoever has given the password alone is not somebody who has signed in.
      if (session.owes === 'second-factor' || (session.owes && !isOpenToOwing)) throw owedFault(session.owes)
      const isActing = !changesNothing.includes(request.method)
      if (isActing) refuseOtherOrigins(request, publicUrl, true)
      request.person = session
      checkRole(session.member, roles)
      // Pages ask by themselves; who changes something is there.
      if (isActing) sessions.use(session.session)
      return
    }
    reply.header('www-authenticate', 'Bearer realm="jieting"')
    throw new Fault({
      code: 'token-wrong',
      place: 'header Authorization',
      found: given === undefined ? 'no bearer token' : 'another token',
      expected:
        '`Bearer` and the token that the first start made, which lies in DATA_DIR/api-token; or a session, by signing in',
    })
  }
}

/** @throws Fault `member-needed` where only somebody who has signed in has anything */
function refuseProgram({ routeOptions }: FastifyRequest): void {
  if (routeOptions.config.isForMembers) throw memberNeeded()
}

/**
 * The token of this installation makes the first administrator. From then on who works here, and what programs may do, is
 * for administrators, who have names.
 * @throws Fault `admin-needed`
 */
async function refuseAfterTheFirst({ routeOptions }: FastifyRequest, staff: Pick<Staff, 'hasAdmin'>) {
  if (!changesRights(routeOptions.config.trail) || !(await staff.hasAdmin())) return
  throw new Fault({
    code: 'admin-needed',
    place: 'header Authorization',
    found: 'the token of this installation, which does so only until there is an administrator',
    expected: 'an administrator who has signed in; at the terminal --as <name>',
  })
}

/** Who was let in. @throws Fault `member-needed` for a program: it has no name and no unit of its own */
export function memberOf({ person }: FastifyRequest) {
  const member = memberIn(person)
  if (member) return member
  throw memberNeeded()
}

export const memberNeeded = () =>
  new Fault({
    code: 'member-needed',
    place: 'request',
    found: 'a program',
    expected: 'somebody who has signed in',
  })

/** As `writtenAs`. */
export const actorOf = ({ person }: FastifyRequest): string => writtenAs(person)

/** Equal in length whatever was given, as the comparison asks. */
const digest = (token: string) => createHash('sha256').update(token).digest()
