import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import { Fault } from '../foundation/index.ts'
import { owedFault, type Programs, type Staff } from '../staff/index.ts'
import { changesRights, checkScope } from './scopes.ts'
import { type BrowserSessions, checkRole, memberIn, refuseOtherOrigins, writtenAs } from './sessions.ts'

const changesNothing = ['GET', 'HEAD', 'OPTIONS']

/**
 * Lets in programs with a bearer token (RFC 6750, section 2.1): the installation's own, compared in constant time,
 * or one with a scope for the route; and signed-in members whose role the route names.
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
    // A request with a token is a program's. If a browser is tricked into sending a wrong token, its cookie does
    // not help.
    const { roles, isOpenToOwing = false } = request.routeOptions.config
    const session = given === undefined ? await sessions.heldBy(request) : undefined
    if (session) {
      // A member who has only given the password is not signed in yet.
      if (session.owes === 'second-factor' || (session.owes && !isOpenToOwing)) throw owedFault(session.owes)
      const isActing = !changesNothing.includes(request.method)
      if (isActing) refuseOtherOrigins(request, publicUrl, true)
      request.person = session
      checkRole(session.member, roles)
      // Pages poll by themselves, so only a change shows that somebody is there.
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

/** @throws Fault `member-needed` on routes that are for signed-in members only */
function refuseProgram({ routeOptions }: FastifyRequest): void {
  if (routeOptions.config.isForMembers) throw memberNeeded()
}

/**
 * The installation's token may only create the first administrator. From then on, members and programs' rights are
 * managed by administrators, who have names.
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

/** The signed-in member. @throws Fault `member-needed` for a program, which has no name and no unit */
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

/** The actor's name, as `writtenAs`. */
export const actorOf = ({ person }: FastifyRequest): string => writtenAs(person)

/** Digests have equal length, which the constant-time comparison needs. */
const digest = (token: string) => createHash('sha256').update(token).digest()
