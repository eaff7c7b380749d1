import { createHash } from 'node:crypto'
import secureSession from '@fastify/secure-session'
import type { FastifyRequest } from 'fastify'
import { Fault, newSecret } from '../foundation/index.ts'
import type { Member, Role } from '../staff/api.ts'
import { type HeldSession, owedFault, type Staff } from '../staff/index.ts'
import type { App } from './server.ts'

/** A program with a token: the installation's may do everything, any other what its scopes say. */
export type AskingProgram = {
  /** Its name in records: `program` for the installation's own token, else `program:<name>`. */
  readonly program: string
  readonly scopes?: readonly string[]
}

/** Who asks: a program, or a signed-in member. */
export type Person = AskingProgram | { readonly member: Member; readonly session: string }

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard that let them in. */
    person: Person | null
  }
  interface FastifyContextConfig {
    /** Roles that may use a route; admin may use every route. */
    roles?: readonly Role[]
    /** Whether the route is for signed-in members only; programs are refused. */
    isForMembers?: boolean
    /** Whether the route is open even to members who must first do something, such as set a password. */
    isOpenToOwing?: boolean
  }
}

/** The contents of the session cookie. It is sealed: browsers can only keep it or drop it. */
type Kept = { readonly secret?: string; readonly journey?: Journey; readonly known?: Known }
/**
 * A browser, and the members who have signed in here; attempts from elsewhere do not use up their tries on this
 * browser.
 */
type Known = { readonly browser: string; readonly names: readonly string[] }
type Journey = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly to: string
}

export const isProgram = (person: Person): person is AskingProgram => 'program' in person

/** The member, unless it is a program. */
export const memberIn = (person: Person | null): Member | undefined =>
  person && !isProgram(person) ? person.member : undefined

/** The actor's name in records: the member's sign-in name, or the program's. */
export const writtenAs = (person: Person | null): string =>
  memberIn(person)?.name ?? (person && isProgram(person) ? person.program : 'program')

export type BrowserSessions = {
  /**
   * The session of a request, if any.
   * @throws Fault `password-temporary` and the like for members who must do something first
   */
  of(request: FastifyRequest): Promise<HeldSession | undefined>
  /** As `of`, including sessions that still owe a step. */
  heldBy(request: FastifyRequest): Promise<HeldSession | undefined>
  /** Identifies the session without checking whether it still holds; the sealed cookie proves that we issued it. */
  nameOf(request: FastifyRequest): string | undefined
  /** Marks the session as in use. */
  use(session: string): void
  /**
   * @param name remembered by this browser; undefined while the second step is owed @returns the secret of the
   * previous session
   */
  begin(request: FastifyRequest, secret: string, name: string | undefined): string | undefined
  /** This browser's id, if the member has signed in here before. */
  knows(request: FastifyRequest, name: string): string | undefined
  /** @returns the secret of the session that ended. */
  end(request: FastifyRequest): string | undefined
  /** Remembers where a member is to return to while they are at the identity provider. */
  leave(request: FastifyRequest, journey: Journey): void
  arrive(request: FastifyRequest): Journey | undefined
}

export type SessionOptions = {
  /** Keys of 32 bytes that seal cookies: the newest first, then older ones, which still open cookies. */
  readonly keys: readonly Uint8Array[]
  /** Base URL of our pages: https://12345.example. With https, the cookie is sent over https only. */
  readonly publicUrl?: string | undefined
  /** Whether TLS ends at this server. */
  readonly isTls?: boolean
}

/** How long a browser is remembered: longer than a holiday. */
const knownS = 30 * 24 * 60 * 60
/** Enough for a browser at a shared desk. */
const mostNames = 20

/** Sessions of people: a sealed cookie that no script can read and other sites cannot send. */
export async function addSessions(
  app: App,
  { keys, publicUrl, isTls = false }: SessionOptions,
  staff: Pick<Staff, 'who' | 'use'>,
): Promise<BrowserSessions> {
  const isSecure = isTls || (publicUrl?.startsWith('https:') ?? false)
  await app.register(secureSession, {
    key: keys.map(key => Buffer.from(key)),
    cookieName: isSecure ? '__Host-jieting' : 'jieting',
    // Sessions end on the server long before that; who has signed in on this browser is remembered for longer.
    expiry: knownS,
    // Lax rather than strict: the redirect back from a provider starts at its pages and needs the cookie.
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: knownS },
  })
  app.decorateRequest('person', null)

  const kept = (request: FastifyRequest) => request.session.data() as Kept | undefined
  const heldBy = async (request: FastifyRequest) => {
    const secret = kept(request)?.secret
    return secret === undefined ? undefined : staff.who(secret)
  }
  return {
    heldBy,
    async of(request) {
      const held = await heldBy(request)
      if (held?.owes !== undefined) throw owedFault(held.owes)
      return held
    },
    nameOf(request) {
      const secret = kept(request)?.secret
      return secret === undefined ? undefined : createHash('sha256').update(secret).digest('base64url')
    },
    use: staff.use,
    knows(request, name) {
      const known = kept(request)?.known
      return known?.names.includes(name) ? known.browser : undefined
    },
    begin(request, secret, name) {
      const { secret: before, known } = kept(request) ?? {}
      const others = (known?.names ?? []).filter(one => one !== name)
      const names = (name === undefined ? others : [name, ...others]).slice(0, mostNames)
      // Drops everything that this browser held before (session fixation).
      request.session.regenerate()
      request.session.set('secret' as never, secret as never)
      request.session.set('known' as never, { browser: known?.browser ?? newSecret(), names } as never)
      return before
    },
    end(request) {
      const { secret, known } = kept(request) ?? {}
      if (known) {
        request.session.regenerate()
        request.session.set('known' as never, known as never)
      } else request.session.delete()
      return secret
    },
    leave: (request, journey) => request.session.set('journey' as never, journey as never),
    arrive(request) {
      const journey = kept(request)?.journey
      request.session.set('journey' as never, undefined as never)
      return journey
    },
  }
}

/** The origin that people's browsers see; passkeys are bound to it. */
export const siteOf = ({ protocol, host }: FastifyRequest, publicUrl: string | undefined) => ({
  origin: new URL(publicUrl ?? `${protocol}://${host}`).origin,
})

/**
 * Pages of other sites must not act with a visitor's rights (CSRF, CSWSH): browsers send the page's origin with
 * every change and every socket.
 * @param isNeeded whether to refuse requests without an origin, too; programs send none
 */
export function refuseOtherOrigins(
  { headers, host }: FastifyRequest,
  publicUrl: string | undefined,
  isNeeded: boolean,
): void {
  const { origin } = headers
  if (origin === undefined && !isNeeded) return
  const own = [host, ...(publicUrl === undefined ? [] : [new URL(publicUrl).host])]
  if (origin !== undefined && URL.canParse(origin) && own.includes(new URL(origin).host)) return
  throw new Fault({
    code: 'origin-refused',
    place: 'header Origin',
    found: origin === undefined ? 'nothing' : JSON.stringify(origin.slice(0, 100)),
    expected: `a page of ${host}`,
  })
}

/** @throws Fault `role-wrong` */
export function checkRole({ role }: Member, allowed: readonly string[] = []): void {
  if (role === 'admin' || allowed.includes(role)) return
  throw new Fault({
    code: 'role-wrong',
    place: 'session',
    found: `role ${role}`,
    expected: ['admin', ...allowed].join(' or '),
  })
}
